import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createNodeRuntime } from '../../../../src/base/node-runtime';
import { openFiles } from '../../../../src/engine/attach/local-file';
import { contentOfSource } from '../../../../src/engine/attach/record-contents';
import { originOf } from '../../../../src/engine/rules/changed-file';
import type { ChosenRules, FileCheck } from '../../../../src/engine/rules/check-files';
import { checkFiles } from '../../../../src/engine/rules/check-files';
import { createHeldFiles } from '../../../../src/engine/rules/held-files';
import { joinParts } from '../../../../src/engine/rules/joined-file';
import { clean } from '../../../../src/upload/rules/metadata/clean';
import { sha256 } from '../../../helpers/cli';
import { createDeferred } from '../../../helpers/deferred';
import { blobOf, bufferOf } from '../../../helpers/picture-data';
import { RandomTexts, githubToken } from '../../../helpers/planted-secrets';
import { SAMPLE_EXIF, exifData, jpegWith } from '../../../helpers/sample-picture';
import { createTemporaryFolder } from '../../../helpers/temporary-folder';

const folder = createTemporaryFolder();
const runtime = createNodeRuntime();
const PHOTO = jpegWith(exifData(SAMPLE_EXIF, true));
const TOKEN = githubToken(new RandomTexts(3));
const LOG = `one\ntoken ${TOKEN}\n`;
const MASKED = LOG.replace(TOKEN, '*'.repeat(TOKEN.length));

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function check(paths: readonly string[], rules: ChosenRules = {}) {
  const checks: FileCheck[] = [];
  const files = await checkFiles(await openFiles(paths.map((path) => ({ path }))), rules, {
    ...{ runtime, signal: new AbortController().signal },
    onCheck: (each) => checks.push(each),
  });
  return { files, checks };
}

describe('checkFiles', () => {
  it('gives a cleaned image its new size and bytes, and tells each file in order', async () => {
    const expected = await bufferOf((await clean(blobOf(PHOTO))).bytes);
    const paths = [write('a.txt', 'a'), write('b.jpg', PHOTO)];
    const { files, checks } = await check(paths);
    expect(checks.map(({ path, metadata }) => [path, metadata?.kind])).toEqual([
      [paths[0], undefined],
      [paths[1], 'removed'],
    ]);
    const [text, photo] = files;
    expect(text && originOf(text.source)).toBeUndefined();
    expect(photo?.size).toBe(expected.length);
    expect((await bufferOf(photo!.source)).equals(expected)).toBe(true);
    expect(await contentOfSource(photo!.source)).toEqual({
      ...{ size: expected.length, sha256: sha256(expected), originalSha256: sha256(PHOTO) },
    });
  });

  it('reads small files at the same time, and tells them in their order', async () => {
    const paths = ['slow.txt', 'fast.txt'].map((name) => write(name, name));
    const [slow, fast] = await openFiles(paths.map((path) => ({ path })));
    const fastIsRead = createDeferred<undefined>();
    const read = slow!.source.arrayBuffer.bind(slow!.source);
    jest.spyOn(slow!.source, 'arrayBuffer').mockImplementation(async () => {
      await fastIsRead.promise;
      return read();
    });
    const readFast = fast!.source.arrayBuffer.bind(fast!.source);
    jest.spyOn(fast!.source, 'arrayBuffer').mockImplementation(() => {
      fastIsRead.resolve(undefined);
      return readFast();
    });
    const told: string[] = [];
    await checkFiles(
      [slow!, fast!],
      {},
      {
        ...{ runtime, signal: new AbortController().signal },
        onCheck: ({ path }) => told.push(path),
      },
    );
    expect(told).toEqual(paths);
  });

  it('cleans an image larger than what is read at once, and keeps its data on disk', async () => {
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(65_533, 'c')]);
    const large = Buffer.concat([
      PHOTO.subarray(0, 2),
      ...Array<Buffer>(20).fill(comment),
      PHOTO.subarray(2),
    ]);
    const expected = await bufferOf((await clean(blobOf(large))).bytes);
    const { files } = await check([write('large.jpg', large)]);
    expect((await bufferOf(files[0]!.source)).equals(expected)).toBe(true);
  });

  it('reads a masked text in any slices, also after its bytes were dropped', async () => {
    const paths = Array.from({ length: 300 }, (_, index) => write(`${index}.log`, LOG));
    const { files } = await check(paths, { secrets: 'mask' });
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: files.length - 1 }),
        fc.nat({ max: LOG.length }),
        fc.nat({ max: LOG.length }),
        async (index, start, end) => {
          expect(await files[index]!.source.slice(start, end).text()).toBe(MASKED.slice(start, end));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never reads a secret of a file that was changed after its check', async () => {
    const paths = Array.from({ length: 260 }, (_, index) => write(`changed-${index}.log`, LOG));
    const { files } = await check(paths, { secrets: 'mask' });
    const other = githubToken(new RandomTexts(4));
    for (const path of paths) {
      writeFileSync(path, LOG.replace(TOKEN, other));
      utimesSync(path, 1, 1);
    }
    for (const { source } of files)
      await expect(source.text()).rejects.toMatchObject({ name: 'NotReadableError' });
  });

  it('refuses a file with a secret, and one that cannot be read', async () => {
    const gone = write('gone.txt', 'x');
    const opened = await openFiles([{ path: write('secret.log', LOG) }, { path: gone }]);
    writeFileSync(gone, 'longer');
    const { signal } = new AbortController();
    const files = await checkFiles(opened, { secrets: 'block' }, { runtime, signal });
    expect(files.map(({ problem }) => problem?.kind)).toEqual(['has-secrets', 'file-unreadable']);
  });
});

it('Joined parts have the bytes of a blob of the same parts, in any range', async () => {
  const origin = new File(['0123456789'], 'origin.txt');
  const part = fc.oneof(
    fc.uint8Array({ maxLength: 4 }),
    fc.tuple(fc.nat({ max: 10 }), fc.nat({ max: 10 })).map(([one, other]) => ({
      ...{ start: Math.min(one, other), end: Math.max(one, other) },
    })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part), fc.nat({ max: 40 }), fc.nat({ max: 40 }), async (parts, start, end) => {
      const expected = new Blob(
        parts.map((each) => ('start' in each ? origin.slice(each.start, each.end) : new Uint8Array(each))),
      );
      const { file } = joinParts(parts, origin);
      expect(file.size).toBe(expected.size);
      expect(await bufferOf(file.slice(start, end))).toEqual(await bufferOf(expected.slice(start, end)));
    }),
  );
});

describe('HeldFiles', () => {
  it('drops the least recently read file, and creates it again', async () => {
    const created: string[] = [];
    const held = createHeldFiles(10);
    const keys = { a: {}, b: {}, c: {} };
    const find = (name: keyof typeof keys) =>
      held.find(keys[name], () => {
        created.push(name);
        return Promise.resolve({ file: new Blob([name]), heldBytes: 5 });
      });
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b'] as const)
      expect(await (await find(name)).text()).toBe(name);
    expect(created).toEqual(['a', 'b', 'c', 'b']);
  });

  it('creates a file again after a failure', async () => {
    const held = createHeldFiles();
    const key = {};
    await expect(held.find(key, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(await held.find(key, () => Promise.resolve({ file: new Blob(), heldBytes: 0 }))).toBeInstanceOf(
      Blob,
    );
  });
});
