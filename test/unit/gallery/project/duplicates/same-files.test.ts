import { createHash } from 'node:crypto';
import { NetworkError } from '../../../../../src/base/errors';
import { hashFile } from '../../../../../src/gallery/hash-file';
import type { ContentReader } from '../../../../../src/gallery/project/duplicates/content-reader';
import { stopsOf } from '../../../../../src/gallery/project/duplicates/content-stops';
import { createMemoryContents } from '../../../../../src/gallery/project/duplicates/content-store';
import type { SameFilesOptions } from '../../../../../src/gallery/project/duplicates/same-files';
import { createSameFiles, MAX_READ_BYTES } from '../../../../../src/gallery/project/duplicates/same-files';
import type { StoredRow } from '../../../../../src/gallery/project/store/find-by-size';
import type { PickedFile } from '../../../../../src/upload/upload';
import { guid, linkable, referenceTo } from '../../../../helpers/uploads';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** File `number` of a project, on work item `number`. */
function row(number: number, size: number, name = `${number}.log`): StoredRow {
  return { workItemId: number, reference: referenceTo(number), name, size, addedAt: number };
}

function picked(bytes: Uint8Array<ArrayBuffer>, name = 'new.log'): PickedFile {
  return { name, size: bytes.length, folder: '', source: new Blob([bytes]) };
}

/** A project with these contents, by number. */
function begin(stored: readonly Uint8Array[], options: Partial<SameFilesOptions> = {}) {
  const reads: string[] = [];
  const digests = new Map<string, string>();
  const contents = createMemoryContents();
  const bytesOf = (id: string): Uint8Array => stored.find((_, index) => guid(index + 1) === id)!;
  const reader: ContentReader = {
    read({ reference }, end) {
      reads.push(`${Number(reference.id.slice(-3))} to ${end}`);
      digests.set(`${reference.id} ${end}`, sha256(bytesOf(reference.id).subarray(0, end)));
      return Promise.resolve();
    },
    digestAt: ({ reference }, end) => digests.get(`${reference.id} ${end}`),
    release: () => undefined,
  };
  const finder = createSameFiles({
    ...{ project: 'p', isLinkSafe: false, keepsNames: undefined, contents, reader },
    findBySize: (sizes) =>
      Promise.resolve(
        stored.map((bytes, index) => row(index + 1, bytes.length)).filter(({ size }) => sizes.has(size)),
      ),
    hash: (bytes, stops) => hashFile({ bytes, stops }),
    isSavingData: () => false,
    isStillThere: () => Promise.resolve(true),
    ...options,
  });
  const find = async (file: PickedFile, target = { id: 99, project: 'p', attachments: [] as never[] }) => {
    const candidates = (await finder.findCandidates([file], target)).get(file) ?? [];
    return finder.findSame(file, candidates, new AbortController().signal);
  };
  return { finder, find, reads, contents };
}

/** Bytes that differ from others of the same length from `at` on. */
function bytes(length: number, at = length): Uint8Array<ArrayBuffer> {
  return new Uint8Array(length).fill(7).fill(8, at);
}

test('SameFiles reads candidates of equal size as far as they agree, and remembers what it read', async () => {
  const size = 200_000;
  const { find, reads, contents } = begin([bytes(size), bytes(size, 100_000), bytes(size, 5), bytes(10)]);
  const [first = 0, second = 0] = stopsOf(size);
  expect(await find(picked(bytes(size)))).toMatchObject({ workItemId: 1, name: '1.log', project: 'p' });
  // The one attached last comes first.
  expect(reads).toEqual([
    `3 to ${first}`,
    ...stopsOf(size)
      .slice(0, 3)
      .map((end) => `2 to ${end}`),
    ...stopsOf(size).map((end) => `1 to ${end}`),
  ]);
  expect(second).toBeGreaterThan(first);
  const known = await contents.find([guid(1), guid(2), guid(3)]);
  expect(known.get(guid(1))?.digests.at(-1)).toEqual({ end: size, sha256: sha256(bytes(size)) });

  reads.length = 0;
  expect(await find(picked(bytes(size)))).toMatchObject({ workItemId: 1 });
  expect(reads).toEqual([]);
});

test('SameFiles leaves out the own work item and what it has, and all files of another size', async () => {
  const { finder } = begin([bytes(10), bytes(10), bytes(11)]);
  const target = { id: 1, project: 'p', attachments: [linkable(2)] };
  expect((await finder.findCandidates([picked(bytes(10))], target)).size).toBe(0);
});

test.each<[string, Partial<SameFilesOptions>]>([['the person saves data', { isSavingData: () => true }]])(
  'SameFiles reads nothing if %s, but knows what is known',
  async (_, options) => {
    const { find, reads, contents } = begin([bytes(10)], options);
    expect(await find(picked(bytes(10)))).toBeUndefined();
    await contents.add(guid(1), { size: 10, digests: [{ end: 10, sha256: sha256(bytes(10)) }] });
    expect(await find(picked(bytes(10)))).toMatchObject({ workItemId: 1 });
    expect(reads).toEqual([]);
  },
);

test('SameFiles reads no large file', async () => {
  const size = MAX_READ_BYTES + 1;
  const file: PickedFile = { name: 'a', size, folder: '', source: new Blob() };
  const { finder, reads } = begin([]);
  const candidate = { workItemId: 1, project: 'p', name: 'a', reference: referenceTo(1) };
  expect(await finder.findSame(file, [candidate], new AbortController().signal)).toBeUndefined();
  expect(reads).toEqual([]);
});

test('SameFiles offers no other name where links do not keep their names', async () => {
  const { find } = begin([bytes(10)], { keepsNames: false });
  expect(await find(picked(bytes(10)))).toBeUndefined();
  expect(await find(picked(bytes(10), '1.log'))).toMatchObject({ workItemId: 1 });
});

test('SameFiles fails if a candidate cannot be read: the file is uploaded then', async () => {
  const { find } = begin([bytes(10)], {
    reader: {
      read: () => Promise.reject(new NetworkError('No answer.')),
      digestAt: () => undefined,
      release: () => undefined,
    },
  });
  await expect(find(picked(bytes(10)))).rejects.toThrow(NetworkError);
});

test('hashFile hashes all parts in one pass', async () => {
  const content = bytes(9_000_000, 5_000_000);
  const stops = [1, 70_000, 9_000_000];
  expect(await hashFile({ bytes: new Blob([content]), stops })).toEqual(
    stops.map((stop) => sha256(content.subarray(0, stop))),
  );
});
