import fc from 'fast-check';
import { ServerError } from '../../../../src/base/errors';
import { joinSplitFiles, soundParts } from '../../../../src/gallery/model/split-files';
import type { AttachedFile } from '../../../../src/gallery/model/attached-file';
import { partsOf } from '../../../../src/gallery/model/attached-file';
import { readJoined } from '../../../../src/gallery/split/read-joined';
import { describeParts } from '../../../../src/gallery/split/split-tools';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import type { SplitPart } from '../../../helpers/split';
import { attachedParts, problemOf, splitInto } from '../../../helpers/split';

const bytesOfFile = fc.uint8Array({ minLength: 12, maxLength: 400 }).map((bytes) => Buffer.from(bytes));

/** A split file of at least two volumes. */
const split = fc
  .record({ bytes: bytesOfFile, volumes: fc.integer({ min: 2, max: 9 }) })
  .map(({ bytes, volumes }) => ({
    bytes,
    parts: splitInto('log.txt', bytes, Math.ceil(bytes.length / volumes), 'night run'),
  }))
  .filter(({ parts }) => parts.length >= 2);

/** Lists the attachments, and joins the files. */
function list(parts: readonly SplitPart[]) {
  const { files, read } = attachedParts(parts);
  const signal = new AbortController().signal;
  const join = (file: AttachedFile | undefined, readPart = read): Promise<Blob> => {
    if (!file?.volumes) throw new Error('The file is not split.');
    return readJoined(file.volumes, { read: readPart, runtime: createFakeRuntime(), signal });
  };
  return { files: joinSplitFiles(files), join };
}

async function bytesOf(blob: Promise<Blob>): Promise<Buffer> {
  return Buffer.from(await (await blob).arrayBuffer());
}

describe('A split file in a list', () => {
  it('is one row and joined, whatever the names and the order of its volumes', async () => {
    await fc.assert(
      fc.asyncProperty(split, fc.infiniteStream(fc.nat()), fc.boolean(), async (file, keys, renames) => {
        const { bytes, parts } = file;
        const shuffled = parts
          .map((part, index) => ({
            key: Number(keys.next().value),
            part: renames ? { ...part, name: `x${index * 7}.bin` } : part,
          }))
          .sort((a, b) => a.key - b.key)
          .map(({ part }) => part);
        const { files, join } = list(shuffled);
        expect(files).toMatchObject([{ size: bytes.length, comment: 'night run' }]);
        if (!renames) expect(files[0]).toMatchObject({ name: 'log.txt', kind: 'text' });
        expect(describeParts(files[0]!)).toEqual({ text: `${parts.length} parts`, isIncomplete: false });
        expect(await bytesOf(join(files[0]))).toEqual(bytes);
      }),
      { numRuns: 60 },
    );
  });

  it('is two rows after a second copy, each joined on its own', async () => {
    await fc.assert(
      fc.asyncProperty(split, async ({ bytes, parts }) => {
        const { files, join } = list([...parts, ...parts]);
        expect(files).toHaveLength(2);
        for (const file of files) expect(await bytesOf(join(file))).toEqual(bytes);
      }),
      { numRuns: 30 },
    );
  });

  it('is apart from another one with the same name, and from other files', async () => {
    await fc.assert(
      fc.asyncProperty(split, split, async (one, other) => {
        fc.pre(!one.bytes.equals(other.bytes));
        const mixed = one.parts.flatMap((part, index) => [part, other.parts[index] ?? []].flat());
        const rest = other.parts.slice(one.parts.length);
        const plain = { name: 'log.txt.001', content: Buffer.from('plain'), comment: 'Part 1 of 2' };
        const { files, join } = list([...mixed, plain, ...rest]);
        expect(files).toHaveLength(3);
        const joined = files.filter(({ volumes }) => volumes);
        expect(await bytesOf(join(joined[0]))).toEqual(one.bytes);
        expect(await bytesOf(join(joined[1]))).toEqual(other.bytes);
      }),
      { numRuns: 30 },
    );
  });

  it('names its missing volumes, reads nothing, and leaves the others to be saved', async () => {
    const removals = split.chain((file) =>
      fc.record({
        file: fc.constant(file),
        kept: fc.subarray([...file.parts.keys()], { minLength: 1, maxLength: file.parts.length - 1 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(removals, async ({ file: { parts }, kept }) => {
        const { files, join } = list(kept.map((index) => parts[index]!));
        const missing = [...parts.keys()].filter((index) => !kept.includes(index)).map((index) => index + 1);
        const read = jest.fn(() => Promise.reject(new Error('There was a request.')));
        expect(await problemOf(join(files[0], read))).toMatchObject({
          kind: 'split-incomplete',
          parts: missing,
        });
        expect(read).not.toHaveBeenCalled();
        const facts = describeParts(files[0]!);
        expect(facts?.isIncomplete).toBe(true);
        for (const number of missing) expect(facts?.text).toMatch(new RegExp(`\\b${number}\\b.* missing`));
        expect(soundParts(files[0]!, missing)).toEqual(partsOf(files[0]!));
      }),
      { numRuns: 60 },
    );
  });

  it('is refused with the number of a damaged volume, and the others can be saved', async () => {
    const damages = split.chain((file) =>
      fc.record({
        file: fc.constant(file),
        at: fc.nat({ max: file.parts.length - 1 }),
        change: fc.constantFrom('flip', 'cut', 'grow'),
      }),
    );
    await fc.assert(
      fc.asyncProperty(damages, async ({ file: { parts }, at, change }) => {
        const { files, read } = attachedParts(parts);
        const [whole] = joinSplitFiles(files);
        const bad = files[at]!;
        const damage = (bytes: Buffer): Buffer =>
          change === 'cut'
            ? bytes.subarray(1)
            : change === 'grow'
              ? Buffer.concat([bytes, Buffer.of(0)])
              : Buffer.concat([Buffer.of((bytes[0] ?? 0) ^ 1), bytes.subarray(1)]);
        const readDamaged = async (file: Pick<AttachedFile, 'reference'>): Promise<Blob> => {
          const bytes = await read(file);
          if (file.reference.id !== bad.reference.id) return bytes;
          return new Blob([new Uint8Array(damage(Buffer.from(await bytes.arrayBuffer())))]);
        };
        const error = await problemOf(list(parts).join(whole, readDamaged));
        expect(error).toMatchObject({ kind: 'split-incomplete', parts: [at + 1] });
        expect(soundParts(whole!, [at + 1])).toEqual(files.filter((file) => file !== bad));
      }),
      { numRuns: 60 },
    );
  });

  it('names a volume of the wrong size as foreign', async () => {
    const parts = splitInto('log.txt', Buffer.from('abcdefghij'), 3);
    const foreign = parts.map((part, index) => (index === 1 ? { ...part, content: Buffer.from('x') } : part));
    const { files, join } = list(foreign);
    expect(describeParts(files[0]!)?.text).toBe('4 parts · Part 2 belongs to another file.');
    expect(await problemOf(join(files[0]))).toMatchObject({ kind: 'split-incomplete', parts: [2] });
  });

  it('counts a volume without bytes on the server as missing', async () => {
    const { files, join } = list(splitInto('log.txt', Buffer.from('abcdefghij'), 5));
    const gone = new ServerError('refused', 'It is gone.', { status: 404 });
    expect(await problemOf(join(files[0], () => Promise.reject(gone)))).toMatchObject({ parts: [1, 2] });
  });
});

it('Volumes of one content on two work items are two files', () => {
  const { files } = attachedParts(splitInto('log.txt', Buffer.from('abcdefghij'), 5));
  const ofOther = files.map((file) => ({ ...file, workItemId: 8 }));
  const joined = joinSplitFiles([files[0]!, ofOther[1]!, files[1]!, ofOther[0]!]);
  expect(joined.map(({ workItemId, volumes }) => [workItemId, volumes?.volumes.length])).toEqual([
    [7, 2],
    [8, 2],
  ]);
  expect(joined.flatMap(partsOf).map(({ workItemId }) => workItemId)).toEqual([7, 7, 8, 8]);
});

it('The beginning of a split file is that of its first volume', async () => {
  const { files, read } = attachedParts(splitInto('log.txt', Buffer.from('abcdefghij'), 5));
  const readPart = jest.fn(read);
  const signal = new AbortController().signal;
  const [whole] = joinSplitFiles(files);
  await readJoined(whole!.volumes!, { read: readPart, runtime: createFakeRuntime(), signal, headBytes: 2 });
  expect(readPart.mock.calls).toEqual([[files[0], signal, undefined, 2]]);
});
