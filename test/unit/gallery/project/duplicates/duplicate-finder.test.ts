import { createDice } from 'azure-devops-emulator/dice';
import { createMemoryContents } from '../../../../../src/gallery/project/duplicates/content-store';
import { isFullRun } from '../../../../../tools/full-run.cjs';
import { RANGE_MODES } from '../../../../helpers/content-server';
import type { TestContent } from './find';
import { finderOf, numbersIn } from './find';

const KIB = 1024;
const MIB = 1024 * KIB;

const SMALL: TestContent = { size: 900, head: 1, tail: 1 };
const LARGE: TestContent = { size: 2 * MIB, head: 1, tail: 1 };

test.each(RANGE_MODES)('DuplicateFinder finds equal files if the server sends a %s', async (mode) => {
  const files = [
    SMALL,
    LARGE,
    { ...SMALL, head: 2 },
    SMALL,
    LARGE,
    { ...LARGE, tail: 2 },
    { ...LARGE, head: 2 },
  ];
  const test = finderOf([...files, { ...LARGE, size: 2 * MIB + 1 }], { mode });
  await test.find();
  expect(numbersIn(test)).toEqual([
    [1, 4],
    [2, 5],
  ]);
  expect(test.finder.state.getSnapshot()).toMatchObject({
    phase: 'done',
    candidates: 7,
    checked: 7,
    wastedBytes: 900 + 2 * MIB,
    unreadable: [],
  });
  expect(test.finder.state.getSnapshot().groups.map(({ wastedBytes }) => wastedBytes)).toEqual([
    2 * MIB,
    900,
  ]);
});

test('DuplicateFinder reads nothing of files of unique size, empty files and links to one attachment', async () => {
  const test = finderOf([SMALL, { ...SMALL, size: 0 }, { ...SMALL, size: 0 }, { ...SMALL, size: 901 }]);
  const [first] = test.indexed;
  await test.complete(test.finder.find([...test.indexed, { ...first!, item: { ...first!.item, id: 99 } }]));
  expect([test.server.requests(), test.finder.state.getSnapshot().candidates]).toEqual([0, 0]);
});

test('DuplicateFinder takes the oldest file as the original and leaves out its other links', async () => {
  const test = finderOf([SMALL, SMALL, SMALL]);
  const [a, b, c] = test.indexed;
  const other = { ...c!, item: { ...c!.item, id: 99 }, addedAt: 5 };
  await test.complete(
    test.finder.find([{ ...a!, addedAt: NaN }, { ...b!, addedAt: 20 }, { ...c!, addedAt: 10 }, other]),
  );
  const [group] = test.finder.state.getSnapshot().groups;
  expect(group).toMatchObject({ original: { item: { id: 99 } }, wastedBytes: 1800 });
  expect(group?.copies.map(({ item }) => item.id)).toEqual([2, 1]);
});

test('DuplicateFinder reads files once, also in a later search', async () => {
  const contents = createMemoryContents();
  const files = [SMALL, SMALL, LARGE, LARGE, { ...LARGE, head: 3 }];
  const first = finderOf(files, { contents });
  await first.find();
  const second = finderOf(files, { contents });
  await second.find();
  expect([numbersIn(second), second.server.requests()]).toEqual([numbersIn(first), 0]);
});

test('DuplicateFinder continues a paused search without reading hashed parts again', async () => {
  const files = [LARGE, LARGE, { ...LARGE, size: 3 * MIB }, { ...LARGE, size: 3 * MIB }];
  const test = finderOf(files);
  let pauses = 0;
  test.finder.state.subscribe(() => {
    const { phase, bytesRead } = test.finder.state.getSnapshot();
    if (phase === 'finding' && bytesRead > (pauses + 1) * MIB && pauses < 3) {
      pauses++;
      test.finder.pause();
    }
  });
  await test.find();
  for (let rounds = 0; test.finder.state.getSnapshot().phase === 'paused'; rounds++) {
    expect(rounds).toBeLessThan(4);
    await test.complete(test.finder.resume());
  }
  expect([pauses, numbersIn(test)]).toEqual([
    3,
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  // Each pause may lose the parts on their way.
  expect(test.server.bytesSent()).toBeLessThan(10 * MIB + pauses * 4 * 2 * MIB);
});

test('DuplicateFinder drops its results when it is cancelled', async () => {
  const test = finderOf([LARGE, LARGE]);
  const work = test.finder.find(test.indexed);
  test.finder.cancel();
  await test.complete(work);
  expect(test.finder.state.getSnapshot()).toMatchObject({ phase: 'idle', groups: [], candidates: 0 });
});

test('DuplicateFinder lists unreadable files and compares the others', async () => {
  const test = finderOf([SMALL, SMALL, SMALL]);
  test.server.faults.push(404);
  await test.find();
  expect(numbersIn(test)).toEqual([[2, 3]]);
  expect(test.finder.state.getSnapshot().unreadable).toMatchObject([
    { file: { name: '1.txt' }, problem: { status: 404 } },
  ]);
});

test('DuplicateFinder reports bytes of another size as unreadable', async () => {
  const test = finderOf([SMALL, SMALL]);
  await test.complete(test.finder.find(test.indexed.map((file) => ({ ...file, size: 901 }))));
  expect(numbersIn(test)).toEqual([]);
  expect(test.finder.state.getSnapshot().unreadable).toHaveLength(2);
});

test('DuplicateFinder retries a busy server, and fails without a connection until it is resumed', async () => {
  const test = finderOf([SMALL, SMALL]);
  test.server.faults.push(503, 503);
  await test.find();
  expect(numbersIn(test)).toEqual([[1, 2]]);
  const other = finderOf([SMALL, SMALL]);
  other.server.faults.push(...Array<number>(3).fill(0));
  await other.find();
  expect(other.finder.state.getSnapshot()).toMatchObject({ phase: 'failed', error: { kind: 'network' } });
  await other.complete(other.finder.resume());
  expect([other.finder.state.getSnapshot().phase, numbersIn(other)]).toEqual(['done', [[1, 2]]]);
});

test('ContentReader reads one large file at a time', async () => {
  const files = Array.from({ length: 4 }, (_, index) => ({ ...LARGE, size: (index >> 1) * MIB + 9 * MIB }));
  const test = finderOf(files, { mode: 'streamed whole' });
  await test.find();
  expect(numbersIn(test)).toHaveLength(2);
  expect(test.server.maxOpen()).toBeLessThan(20 * MIB);
});

/** Files of the set below; fewer in a run of the core. */
const FILES = isFullRun ? 2_000 : 600;

/** Files from 1 KiB to 50 MiB, a megabyte each on average: 8 % copies, 10 % other files of the size of one. */
function realisticFiles(): readonly TestContent[] {
  const dice = createDice(28);
  const files: TestContent[] = [];
  let seed = 0;
  const unique = (size: number): TestContent => ({ size, head: ++seed, tail: seed });
  for (let index = 0; index < 0.82 * FILES; index++) {
    const gauss = Array.from({ length: 12 }, dice.roll).reduce((sum, roll) => sum + roll, -6);
    files.push(unique(Math.min(50 * MIB, Math.round(180 * KIB * Math.exp(1.8 * gauss) + KIB))));
  }
  for (let index = 0; index < 0.08 * FILES; index++) files.push(files[dice.between(0, 0.82 * FILES - 1)]!);
  for (let index = 0; index < 0.1 * FILES; index++) {
    const like = files[dice.between(0, 0.82 * FILES - 1)]!;
    // Files of one program often begin alike.
    files.push(index % 20 === 0 ? { ...unique(like.size), head: like.head } : unique(like.size));
  }
  return files;
}

test('DuplicateFinder reads at most 5 % more than the duplicates of a realistic project', async () => {
  const files = realisticFiles();
  const test = finderOf(files);
  await test.find();
  const keyOf = ({ size, head, tail }: TestContent): string =>
    [size, head, size > 8 * KIB ? tail : ''].join();
  const groups = new Map<string, number>();
  for (const file of files) groups.set(keyOf(file), (groups.get(keyOf(file)) ?? 0) + 1);
  const needed = files.reduce((sum, file) => sum + ((groups.get(keyOf(file)) ?? 0) > 1 ? file.size : 0), 0);
  const found = test.finder.state.getSnapshot().groups.reduce((sum, { copies }) => sum + copies.length, 0);
  const sent = test.server.bytesSent();
  const share = (sent - needed) / sent;
  expect(found).toBe([...groups.values()].reduce((sum, count) => sum + count - 1, 0));
  expect(share).toBeLessThan(0.05);
});

test('DuplicateFinder reads nothing of split files', async () => {
  const test = finderOf([SMALL, SMALL]);
  await test.complete(test.finder.find(test.indexed.map((file) => ({ ...file, parts: [file] }))));
  expect([test.server.requests(), test.finder.state.getSnapshot().candidates]).toEqual([0, 0]);
});
