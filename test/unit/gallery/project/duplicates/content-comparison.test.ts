import { NetworkError } from '../../../../../src/base/errors';
import { createContentComparison } from '../../../../../src/gallery/project/duplicates/content-comparison';
import { createMemoryContents } from '../../../../../src/gallery/project/duplicates/content-store';
import type { ProjectFile } from '../../../../../src/gallery/project/project-index';
import { createContentServer } from '../../../../helpers/content-server';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { projectFile } from '../../../../helpers/project-files';

const SIZE = 200_000;

/** Bytes of a file by its number: even numbers are equal, odd ones differ from the first byte on. */
const bytesOf = (number: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(SIZE).fill(number % 2 === 0 ? 1 : number);

function begin(count = 4, missing?: number) {
  const files = Array.from({ length: count }, (_, index) => projectFile(index + 1, { size: SIZE }));
  const server = createContentServer((id) => {
    const number = Number(id.slice(-12));
    return number === missing ? undefined : bytesOf(number);
  });
  const contents = createMemoryContents();
  const runtime = createFakeRuntime();
  const added: (readonly string[])[] = [];
  const reads: number[] = [];
  let listed: readonly ProjectFile[] = files;
  let error: Error | undefined;
  const index = {
    async readCandidates(_: number, start: number, size: number) {
      reads.push(start);
      await Promise.resolve();
      if (error) throw error;
      return listed.slice(start, start + size);
    },
    addContents(some: readonly (readonly [string, unknown])[]) {
      added.push(some.map(([id]) => id).sort());
      return Promise.resolve();
    },
  };
  const comparison = createContentComparison({
    ...{ index, contents, runtime, open: server.open, limit: (task) => task() },
  });

  async function complete(work: Promise<void>): Promise<void> {
    const progress = { isDone: false };
    void work.then(() => (progress.isDone = true));
    while (!progress.isDone) {
      await runtime.pass(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  return {
    ...{ comparison, server, contents, added, reads, complete, get: comparison.getSnapshot },
    ids: files.map(({ reference }) => reference.id).sort(),
    list: (next: readonly ProjectFile[]) => void (listed = next),
    fail: (next: Error | undefined) => void (error = next),
  };
}

test('ContentComparison compares the files of a result, and tells the index once', async () => {
  const { comparison, complete, get, added, ids } = begin();
  await complete(comparison.start(1));
  expect(get()).toMatchObject({ phase: 'done', done: 4, total: 4, groups: 1, unreadable: [] });
  expect(get().bytesRead).toBeGreaterThan(2 * SIZE);
  expect(added).toEqual([ids]);
});

test('ContentComparison tells the index also of contents that were kept, and reads none of them again', async () => {
  const { comparison, complete, get, added, server, ids } = begin();
  await complete(comparison.start(1));
  const before = server.requests();
  await complete(comparison.start(1));
  expect(server.requests()).toBe(before);
  expect(get()).toMatchObject({ phase: 'done', groups: 1, bytesRead: 0 });
  expect(added).toEqual([ids, ids]);
});

test('ContentComparison names a file that cannot be read, and goes on with the others', async () => {
  const { comparison, complete, get } = begin(4, 3);
  await complete(comparison.start(1));
  const { phase, groups, unreadable } = get();
  expect({ phase, groups }).toEqual({ phase: 'done', groups: 1 });
  expect(unreadable.map(({ file }) => file.name)).toEqual(['3.txt']);
});

test('ContentComparison tells the index at a pause, and continues from there', async () => {
  const { comparison, complete, get, added } = begin();
  const working = comparison.start(1);
  const unsubscribe = comparison.subscribe(() => {
    if (get().bytesRead > 0) comparison.pause();
  }, 'at-once');
  await complete(working);
  unsubscribe();
  expect(get().phase).toBe('paused');
  const atPause = added.length;
  expect(atPause).toBeLessThanOrEqual(1);
  await complete(comparison.resume());
  expect(get()).toMatchObject({ phase: 'done', groups: 1 });
  expect(new Set(added.flat()).size).toBe(4);
});

test('ContentComparison stops where the server cannot be reached, and continues on request', async () => {
  const { comparison, complete, get, server } = begin();
  server.faults.push(...Array.from({ length: 20 }, () => 0));
  await complete(comparison.start(1));
  expect(get()).toMatchObject({ phase: 'failed', problem: { kind: 'network' } });
  server.faults.length = 0;
  await complete(comparison.resume());
  expect(get()).toMatchObject({ phase: 'done', groups: 1, problem: undefined });
});

test('ContentComparison says that the list changed before its files were read', async () => {
  const { comparison, complete, get, list } = begin();
  list([]);
  await complete(comparison.start(1));
  expect(get().phase).toBe('outdated');
});

test('ContentComparison tells why the files cannot be read from the index', async () => {
  const { comparison, complete, get, fail } = begin();
  fail(new NetworkError('down'));
  await complete(comparison.start(1));
  expect(get()).toMatchObject({ phase: 'failed', total: 0, problem: { kind: 'network' } });
  fail(undefined);
  await complete(comparison.start(1));
  expect(get().phase).toBe('done');
});

test('ContentComparison reads many files from the index in parts, and ends at a cancel', async () => {
  const { comparison, complete, get, reads, list, added } = begin();
  list(Array.from({ length: 2_500 }, (_, number) => projectFile(number + 1, { size: number + 1 })));
  await complete(comparison.start(1));
  expect(reads).toEqual([0, 1_000, 2_000]);
  expect(get()).toMatchObject({ phase: 'done', total: 0 });
  const working = comparison.start(1);
  comparison.cancel();
  await complete(working);
  expect(get().phase).toBe('idle');
  expect(added).toEqual([]);
});
