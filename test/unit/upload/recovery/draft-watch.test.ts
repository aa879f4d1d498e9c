import type { Group } from '../../../../src/upload/recovery/channel/receiver';
import type { FormEvent } from '../../../../src/azure/host/host';
import { NetworkError } from '../../../../src/base/errors';
import type { Origin } from '../../../../src/upload/recovery/new-work-item';
import { MAX_CLOCK_SKEW_MS } from '../../../../src/upload/recovery/new-work-item';
import type { DraftWatch } from '../../../../src/upload/recovery/draft-watch';
import { createDraftWatch } from '../../../../src/upload/recovery/draft-watch';
import type { Deferred } from '../../../helpers/deferred';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { workItemTarget } from '../../../../src/azure/work-item';
import { draftGroup, linksTo } from './groups';

const ME = { id: 'me', descriptor: 'aad.me' };
const SOMEBODY = { id: 'somebody', descriptor: 'aad.somebody' };

/** A watch whose clock and reads the test drives. */
function stage() {
  const runtime = createFakeRuntime();
  const began = runtime.now();
  const reads: (Deferred<Origin> & { readonly id: number })[] = [];
  /** `saved 31: 1 2, turn 0`, `doubt about Bug: 1 2, turn 0`. */
  const told: string[] = [];
  const watch: DraftWatch = createDraftWatch({
    runtime,
    getPerson: () => ME,
    readOrigin(id) {
      const read = { ...createDeferred<Origin>(), id };
      reads.push(read);
      return read.promise;
    },
    onSaved: (id, _draft, files, turn) => told.push(`saved ${id}: ${namesOf(files)}, turn ${turn}`),
    onDoubt: ({ type }, files, turn) => told.push(`doubt about ${type}: ${namesOf(files)}, turn ${turn}`),
  });

  return {
    told,
    reads,
    pass: (ms: number): Promise<void> => runtime.pass(ms),
    now: runtime.now,
    began,
    watch,
    hear: async (type: FormEvent['type'], workItemId: number): Promise<void> => {
      watch.onFormEvent(
        type === 'loaded'
          ? { type, workItemId, isNew: workItemId <= 0, isReadOnly: false }
          : { type, workItemId },
      );
      await flush();
    },
    leave: async (group: Group): Promise<void> => {
      watch.onGone(group);
      await flush();
    },
    /** Answers the only read that is open: a bug that this person made just now, but for these facts. */
    answer: async (facts: Partial<Origin> = {}): Promise<void> => {
      const origin = { revision: 1, type: 'Bug', createdAt: runtime.now(), createdBy: ME, ...facts };
      expect(reads).toHaveLength(1);
      reads.pop()!.resolve(origin);
      await flush();
    },
  };
}

function namesOf(files: readonly { readonly name: string }[]): string {
  return files.map(({ name }) => name.slice(0, -4)).join(' ');
}

/** A watch that has seen a group with two files for a new bug, opened a minute ago, go. */
async function stageLeft(): Promise<ReturnType<typeof stage>> {
  const staged = stage();
  const group = draftGroup([1, 2], { openedAt: staged.began });
  staged.watch.onPending(group);
  await staged.pass(60_000);
  await staged.leave(group);
  return staged;
}

describe('a draft whose group is gone', () => {
  test.each(['saved', 'loaded'] as const)('is the new item whose first event is "%s"', async (type) => {
    const { hear, answer, told } = await stageLeft();
    await hear(type, 31);
    await answer();
    expect(told).toEqual(['saved 31: 1 2, turn 0']);
  });

  test('is found once', async () => {
    const { hear, answer, told, reads, pass } = await stageLeft();
    await hear('saved', 31);
    await answer();
    await hear('unloaded', 31);
    await hear('saved', 32);
    await pass(60_000);
    expect(told).toHaveLength(1);
    expect(reads).toEqual([]);
  });

  test('is found by an event that came just before it was known to be gone', async () => {
    const { hear, answer, told, watch, leave, reads, pass } = stage();
    const group = draftGroup([1]);
    watch.onPending(group);
    await hear('saved', 31);
    expect(reads).toEqual([]);
    await pass(8_000);
    await leave(group);
    await answer();
    expect(told).toEqual(['saved 31: 1, turn 0']);
  });

  test('is not an item whose event came long before', async () => {
    const { hear, reads, watch, leave, pass } = stage();
    const group = draftGroup([1]);
    watch.onPending(group);
    await hear('saved', 31);
    await pass(10_001);
    await leave(group);
    expect(reads).toEqual([]);
  });

  test('was closed if nothing came up in time, and nothing is said', async () => {
    const { hear, told, reads, pass } = await stageLeft();
    await pass(15_000);
    await hear('saved', 31);
    expect(reads).toEqual([]);
    expect(told).toEqual([]);
  });

  test('is found by a read that takes longer than that', async () => {
    const { hear, answer, told, pass, now } = await stageLeft();
    await hear('saved', 31);
    const createdAt = now();
    await pass(20_000);
    await answer({ createdAt });
    expect(told).toEqual(['saved 31: 1 2, turn 0']);
  });

  test('is found although its group knew no more of it when it went', async () => {
    const { hear, answer, told, watch, leave } = stage();
    watch.onPending(draftGroup([1]));
    const last = { ...draftGroup([]), pending: { links: [] } };
    watch.onPending(last);
    await leave(last);
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 1, turn 0']);
  });

  test('is not found with files that its group has for a work item by then', async () => {
    const { hear, reads, watch, leave } = stage();
    watch.onPending(draftGroup([1]));
    const last = { ...draftGroup([]), pending: { links: linksTo(workItemTarget(31), [1]) } };
    watch.onPending(last);
    await leave(last);
    await hear('saved', 31);
    expect(reads).toEqual([]);
  });

  test('without files is nobody’s business', async () => {
    const { hear, reads, watch, leave } = stage();
    watch.onPending(draftGroup([]));
    await leave(draftGroup([]));
    await hear('saved', 31);
    expect(reads).toEqual([]);
  });

  test('has the files that were told last', async () => {
    const { hear, answer, told, watch, leave } = stage();
    watch.onPending(draftGroup([1, 2]));
    watch.onPending(draftGroup([2, 3], { turn: 1 }));
    await leave(draftGroup([2, 3], { turn: 1 }));
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 2 3, turn 1']);
  });
});

describe('an item that was opened', () => {
  test('before is not looked at', async () => {
    const { hear, reads, watch, leave, began } = stage();
    await hear('loaded', 9);
    const group = draftGroup([1], { openedAt: began + 1 });
    watch.onPending(group);
    await leave(group);
    await hear('saved', 9);
    await hear('refreshed', 9);
    expect(reads).toEqual([]);
  });

  test.each(['changed', 'refreshed', 'reset', 'unloaded'] as const)(
    'by "%s" is none that was saved for the first time',
    async (type) => {
      const { hear, reads } = await stageLeft();
      await hear(type, 9);
      await hear('saved', 9);
      expect(reads).toEqual([]);
    },
  );

  test.each([0, -1])('as another draft, with the number %i, is not looked at', async (id) => {
    const { hear, reads } = await stageLeft();
    await hear('loaded', id);
    expect(reads).toEqual([]);
  });

  test.each<[string, Partial<Origin>]>([
    ['is of another type', { type: 'User Story' }],
    ['was changed more often than a new one', { revision: 4 }],
    ['is somebody else’s', { createdBy: SOMEBODY }],
    ['was made before the form was left', { createdAt: 1_060_000 - MAX_CLOCK_SKEW_MS - 1 }],
    ['was made nobody knows when', { createdAt: NaN }],
  ])('and %s is another one, and nothing is said', async (_, facts) => {
    const { hear, answer, told } = await stageLeft();
    await hear('loaded', 9);
    await answer(facts);
    expect(told).toEqual([]);
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 1 2, turn 0']);
  });
});

describe('an item that was saved', () => {
  test.each<[string, Partial<Origin>]>([
    ['by rules as well', { revision: 3 }],
    ['on a server that does not tell who by', { createdBy: { id: '', descriptor: '' } }],
    ['on a server that knows persons by id alone', { createdBy: { id: 'me', descriptor: '' } }],
    ['2 minutes early, by the clock of the server', { createdAt: 1_000_000 - 120_000 }],
    ['as early as clocks may differ', { createdAt: 1_000_000 - MAX_CLOCK_SKEW_MS }],
    ['on a server that does not tell when', { createdAt: NaN }],
    ['on a server that does not tell its type', { type: '' }],
  ])('%s is the draft', async (_, facts) => {
    const { hear, answer, told } = await stageLeft();
    await hear('saved', 31);
    await answer(facts);
    expect(told).toEqual(['saved 31: 1 2, turn 0']);
  });

  test('is the draft also where the host does not tell its type', async () => {
    const { hear, answer, told, watch, leave } = stage();
    watch.onPending(draftGroup([1], { type: '' }));
    await leave(draftGroup([1], { type: '' }));
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 1, turn 0']);
  });

  test.each<[string, Partial<Origin>]>([
    ['is of another type', { type: 'User Story' }],
    ['is somebody else’s', { createdBy: SOMEBODY }],
    ['was made long before the form was opened', { createdAt: 1_000_000 - MAX_CLOCK_SKEW_MS - 1 }],
  ])('and %s leaves a doubt', async (_, facts) => {
    const { hear, answer, told } = await stageLeft();
    await hear('saved', 31);
    await answer(facts);
    expect(told).toEqual(['doubt about Bug: 1 2, turn 0']);
  });

  test('and cannot be read leaves a doubt', async () => {
    const { hear, reads, told } = await stageLeft();
    await hear('saved', 31);
    reads[0]!.reject(new NetworkError('The line is dead.'));
    await flush();
    expect(told).toEqual(['doubt about Bug: 1 2, turn 0']);
  });
});

describe('a draft that was saved right before its group crashed', () => {
  /** The group knows it no more, and is heard of for so long after that; that it is gone is noticed late. */
  async function stageCrashed(heardForMs: number) {
    const staged = stage();
    const { watch, now, pass, hear, leave } = staged;
    const group = draftGroup([1]);
    watch.onPending(group);
    await hear('saved', 31);
    const empty = { ...group, pending: { links: [] } };
    watch.onPending(empty);
    const lastHeartbeatAt = now() + heardForMs;
    await pass(8_000);
    await leave({ ...empty, lastHeartbeatAt });
    return staged;
  }

  test('is found, however late its end is noticed', async () => {
    const { answer, told } = await stageCrashed(2_999);
    await answer();
    expect(told).toEqual(['saved 31: 1, turn 0']);
  });

  test('is what its group was done with where that was heard of later', async () => {
    const { reads, told } = await stageCrashed(3_000);
    expect([reads.length, told]).toEqual([0, []]);
  });
});

describe('two drafts', () => {
  /** The first has file 1 and is left; the second has the given facts and is there. */
  async function stageTwo(second: { type?: string; openedAt?: number } = {}) {
    const staged = stage();
    const groups = [
      draftGroup([1], { sender: 'first' }),
      draftGroup([2], { sender: 'second', ...second }),
    ] as const;
    groups.forEach((group) => staged.watch.onPending(group));
    await staged.leave(groups[0]);
    return { ...staged, groups };
  }

  test('that both fit are neither', async () => {
    const { hear, answer, told, leave, groups } = await stageTwo();
    await leave(groups[1]);
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['doubt about Bug: 1, turn 0', 'doubt about Bug: 2, turn 0']);
  });

  test('of which one is there leave a doubt about the other alone', async () => {
    const { hear, answer, told } = await stageTwo();
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['doubt about Bug: 1, turn 0']);
  });

  test('of which one is a moment ago saved leave a doubt', async () => {
    const { hear, answer, told, watch, pass, groups } = await stageTwo();
    watch.onPending({ ...groups[1], pending: { links: [] } });
    await pass(2_000);
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['doubt about Bug: 1, turn 0']);
  });

  test('of which one was saved before are one', async () => {
    const { hear, answer, told, watch, pass, groups } = await stageTwo();
    watch.onPending({ ...groups[1], pending: { links: [] } });
    await pass(3_000);
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 1, turn 0']);
  });

  test('of which one was saved by its group while the other was open leave a doubt when that is left', async () => {
    const { hear, answer, told, watch, leave, pass, now } = stage();
    const [first, second] = [draftGroup([1], { sender: 'first' }), draftGroup([], { sender: 'second' })];
    watch.onPending(first);
    watch.onPending(second);
    await hear('saved', 31);
    const createdAt = now();
    watch.onPending({ ...second, pending: { links: [] } });
    await pass(9_000);
    await leave(first);
    await answer({ createdAt });
    expect(told).toEqual(['doubt about Bug: 1, turn 0']);
  });

  test('of which one goes while the item is read are told apart', async () => {
    const { hear, told, reads, watch, leave, now, groups } = await stageTwo({ type: 'Task' });
    await hear('saved', 31);
    watch.onPending(groups[1]);
    await leave(groups[1]);
    expect(reads).toHaveLength(2);
    const origin = { revision: 1, type: 'Task', createdAt: now(), createdBy: ME };
    for (const read of reads) read.resolve(origin);
    await flush();
    expect(told).toEqual(['saved 31: 2, turn 0']);
  });

  test('of different types are told apart', async () => {
    const { hear, answer, told, leave, groups } = await stageTwo({ type: 'Task' });
    await leave(groups[1]);
    await hear('saved', 31);
    await answer({ type: 'Task' });
    await hear('saved', 32);
    await answer();
    expect(told).toEqual(['saved 31: 2, turn 0', 'saved 32: 1, turn 0']);
  });

  test('of which one is there and fits alone are left to its group', async () => {
    const { hear, answer, told } = await stageTwo({ type: 'Task' });
    await hear('saved', 31);
    await answer({ type: 'Task' });
    expect(told).toEqual([]);
  });

  test('of which one was opened after the save are one', async () => {
    const { hear, answer, told } = await stageTwo({ openedAt: 1_000_001 });
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 1, turn 0']);
  });

  test('of which a live group says what became of one are one', async () => {
    const { hear, reads, watch, groups } = await stageTwo();
    const links = linksTo(workItemTarget(31), [2]);
    watch.onPending({ ...groups[1], pending: { links } });
    await hear('saved', 31);
    expect(reads).toEqual([]);
  });
});
