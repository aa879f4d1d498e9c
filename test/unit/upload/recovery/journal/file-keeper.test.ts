import { createFileKeeper } from '../../../../../src/upload/recovery/journal/file-keeper';
import type { KeptFileFacts } from '../../../../../src/upload/recovery/journal/file-keeper';
import { createDeferred, flush } from '../../../../helpers/deferred';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';

/** Keeper with a budget in bytes. It stores each file at once by default. */
function stage(budget = 1_000_000) {
  const runtime = createFakeRuntime();
  const done = new Set<string>();
  const kept: string[] = [];
  const facts = new Map<string, KeptFileFacts>();
  const keepFile = jest.fn<Promise<boolean>, [string, string, Blob]>(() => Promise.resolve(true));
  const fingerprintOf = jest.fn((file: Blob) => Promise.resolve({ size: file.size, hashes: ['h'] }));
  const readBudget = jest.fn(() => Promise.resolve(budget));
  const dropFile = jest.fn();
  const keeper = createFileKeeper({
    runtime,
    readBudget,
    fingerprintOf,
    async keepFile(batchId, id, file) {
      const isKept = await keepFile(batchId, id, file);
      if (isKept) kept.push(id);
      return isKept;
    },
    isNeeded: (id) => !done.has(id),
    onKept: (id, news) => facts.set(id, { ...facts.get(id), ...news }),
    dropFile,
  });
  const keep = (...ids: string[]): void => {
    for (const id of ids) keeper.keep('batch', id, new Blob(['x'.repeat(10)]));
  };
  return { keeper, keep, runtime, done, kept, facts, keepFile, fingerprintOf, readBudget, dropFile };
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index}`);

test('FileKeeper reports the fingerprint of a file, and then its storage', async () => {
  const { keep, facts, keepFile, runtime } = stage();
  const answer = createDeferred<boolean>();
  keepFile.mockReturnValueOnce(answer.promise);
  keep('a');
  await runtime.pass(400);
  expect(facts.get('a')).toEqual({ fingerprint: { size: 10, hashes: ['h'] }, isFileKept: false });
  answer.resolve(true);
  await flush();
  expect(facts.get('a')).toEqual({ fingerprint: { size: 10, hashes: ['h'] }, isFileKept: true });
  expect(keepFile.mock.calls.map(([batchId, id]) => [batchId, id])).toEqual([['batch', 'a']]);
});

test('FileKeeper stores one file at a time, last in first out', async () => {
  const { keep, kept, keepFile, runtime } = stage();
  const answer = createDeferred<boolean>();
  keepFile.mockReturnValueOnce(answer.promise);
  keep('a', 'b', 'c');
  await runtime.pass(400);
  expect(keepFile).toHaveBeenCalledTimes(1);
  answer.resolve(true);
  await flush();
  expect(kept).toEqual(['c', 'b', 'a']);
});

test('FileKeeper skips files uploaded within the first delay', async () => {
  const { keep, done, fingerprintOf, keepFile, runtime } = stage();
  keep('a', 'b');
  await runtime.pass(399);
  expect(fingerprintOf).not.toHaveBeenCalled();
  done.add('a');
  await runtime.pass(1);
  await flush();
  expect(keepFile.mock.calls.map(([, id]) => id)).toEqual(['b']);
});

test('FileKeeper stores at most 32 files per round, and all in the end', async () => {
  const { keep, kept, runtime } = stage();
  keep(...numbered(100));
  let most = 0;
  for (let turn = 0; turn < 200; turn++) {
    const before = kept.length;
    // Shorter than any delay.
    await runtime.pass(100);
    await new Promise((resolve) => setImmediate(resolve));
    most = Math.max(most, kept.length - before);
  }
  expect(most).toBe(32);
  expect(new Set(kept).size).toBe(100);
});

test('FileKeeper stays within its budget and stores smaller files past larger ones', async () => {
  const { keeper, keep, kept, facts, readBudget, runtime } = stage(25);
  keep('a', 'b');
  await runtime.pass(10_000);
  keeper.keep('batch', 'large', new Blob(['x'.repeat(6)]));
  await runtime.pass(10_000);
  keeper.keep('batch', 'small', new Blob(['x'.repeat(5)]));
  await runtime.pass(10_000);
  expect(kept).toEqual(['b', 'a', 'small']);
  // Files without stored bytes have a fingerprint as well.
  expect(facts.get('large')).toMatchObject({ fingerprint: { size: 6 }, isFileKept: false });
  expect(readBudget).toHaveBeenCalledTimes(1);
});

test('FileKeeper frees the space of a removed file once', async () => {
  const { keeper, keep, kept, runtime } = stage(20);
  keep('a', 'b');
  await runtime.pass(10_000);
  keeper.dropped('a');
  keeper.dropped('a');
  keeper.dropped('nobody knows this one');
  keep('c');
  await runtime.pass(10_000);
  keep('d');
  await runtime.pass(10_000);
  expect(kept).toEqual(['b', 'a', 'c']);
});

test('FileKeeper frees the space of a file after a failed write', async () => {
  const { keep, kept, facts, keepFile, runtime } = stage(10);
  keepFile.mockResolvedValueOnce(false);
  keep('a');
  await runtime.pass(10_000);
  expect(facts.get('a')?.isFileKept).toBe(false);
  keep('b');
  await runtime.pass(10_000);
  expect(kept).toEqual(['b']);
});

test('FileKeeper does not fingerprint a file without a need', async () => {
  const { keep, done, fingerprintOf, runtime } = stage();
  done.add('a');
  keep('a');
  await runtime.pass(10_000);
  expect(fingerprintOf).not.toHaveBeenCalled();
});

test('FileKeeper does not store a file finished during its fingerprint', async () => {
  const { keep, done, facts, keepFile, fingerprintOf, runtime } = stage();
  const answer = createDeferred<{ size: number; hashes: string[] }>();
  fingerprintOf.mockReturnValueOnce(answer.promise);
  keep('a');
  await runtime.pass(400);
  done.add('a');
  answer.resolve({ size: 10, hashes: ['h'] });
  await runtime.pass(10_000);
  expect(keepFile).not.toHaveBeenCalled();
  expect(facts.size).toBe(0);
});

test('FileKeeper removes a file finished during its write, and frees the space', async () => {
  const { keep, done, kept, facts, keepFile, dropFile, runtime } = stage(10);
  const answer = createDeferred<boolean>();
  keepFile.mockReturnValueOnce(answer.promise);
  keep('a');
  await runtime.pass(400);
  done.add('a');
  answer.resolve(true);
  await runtime.pass(10_000);
  expect(dropFile.mock.calls).toEqual([['batch', 'a']]);
  expect(facts.get('a')?.isFileKept).toBe(false);
  keep('b');
  await runtime.pass(10_000);
  expect(kept).toEqual(['a', 'b']);
});

test('FileKeeper stores other files after an unreadable one', async () => {
  const { keep, kept, facts, fingerprintOf, runtime } = stage();
  fingerprintOf.mockRejectedValueOnce(new DOMException('Gone.'));
  keep('a', 'b');
  await runtime.pass(10_000);
  expect(kept).toContain('a');
  expect(facts.get('b')?.fingerprint).toBeUndefined();
});

/** A file on disk, with the time of its last change. */
function fileOnDisk(): { readonly file: File; readonly overwrite: () => number } {
  let modifiedAt = 1;
  const file = new File(['x'.repeat(10)], 'a.txt');
  Object.defineProperty(file, 'lastModified', { get: () => modifiedAt });
  return { file, overwrite: () => (modifiedAt += 1) };
}

test('FileKeeper neither records nor stores a file that was overwritten after its pick', async () => {
  const { keeper, facts, keepFile, runtime } = stage();
  const { file, overwrite } = fileOnDisk();
  keeper.keep('batch', 'a', file);
  overwrite();
  await runtime.pass(400);
  expect([facts.size, keepFile.mock.calls.length]).toEqual([0, 0]);
});

test('FileKeeper drops a file that was overwritten while it was stored', async () => {
  const { keeper, facts, keepFile, dropFile, runtime } = stage();
  const { file, overwrite } = fileOnDisk();
  keepFile.mockImplementationOnce(() => Promise.resolve(overwrite() > 0));
  keeper.keep('batch', 'a', file);
  await runtime.pass(400);
  expect(facts.get('a')).toEqual({ fingerprint: { size: 10, hashes: ['h'] }, isFileKept: false });
  expect(dropFile.mock.calls).toEqual([['batch', 'a']]);
});
