import type { Group } from '../../../../src/upload/recovery/channel/receiver';
import type { FormEvent } from '../../../../src/azure/host/host';
import { NetworkError } from '../../../../src/base/errors';
import type { Origin } from '../../../../src/upload/recovery/drafts';
import { MAX_CLOCK_SKEW_MS } from '../../../../src/upload/recovery/drafts';
import type { DraftWatch } from '../../../../src/upload/recovery/draft-watch';
import { createDraftWatch } from '../../../../src/upload/recovery/draft-watch';
import type { Deferred } from '../../../helpers/deferred';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { workItemTarget } from '../../../../src/azure/work-item';
import { draftGroup, linksTo } from './groups';

const ME = { id: 'me', descriptor: 'aad.me' };
const ANOTHER = { id: 'another', descriptor: 'aad.another' };

/** Sets up a watch with a fake clock and hand-driven reads. */
function stage() {
  const runtime = createFakeRuntime();
  const began = runtime.now();
  const reads: (Deferred<Origin> & { readonly id: number })[] = [];
  /** `saved 31: 1 2, turn 0`, `doubt about Bug: 1 2, turn 0`, with the rank as `turn`. */
  const told: string[] = [];
  const watch: DraftWatch = createDraftWatch({
    runtime,
    getPerson: () => ME,
    readOrigin(id) {
      const read = { ...createDeferred<Origin>(), id };
      reads.push(read);
      return read.promise;
    },
    onSaved: (id, _draft, files, rank) => told.push(`saved ${id}: ${namesOf(files)}, turn ${rank}`),
    onClosed: (files, rank) => told.push(`closed: ${namesOf(files)}, turn ${rank}`),
    onAmbiguous: ({ type }, files, turn) => told.push(`doubt about ${type}: ${namesOf(files)}, turn ${turn}`),
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
    /** Answers the only open read with a bug this person created just now, changed by `facts`. */
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

/** Sets up a watch after the end of a group with two files for a bug opened a minute ago. */
async function stageLeft(): Promise<ReturnType<typeof stage>> {
  const staged = stage();
  const group = draftGroup([1, 2], { openedAt: staged.began });
  staged.watch.onPending(group);
  await staged.pass(60_000);
  await staged.leave(group);
  return staged;
}

describe('DraftWatch for an orphaned draft', () => {
  test.each(['saved', 'loaded'] as const)('recognizes it by the first event "%s"', async (type) => {
    const { hear, answer, told } = await stageLeft();
    await hear(type, 31);
    await answer();
    expect(told).toEqual(['saved 31: 1 2, turn 0']);
  });

  test.each(['changed', 'unloaded'] as const)('recognizes it if "%s" precedes "saved"', async (type) => {
    const { hear, answer, told } = await stageLeft();
    await hear(type, 31);
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 1 2, turn 0']);
  });

  test('recognizes it once', async () => {
    const { hear, answer, told, reads, pass } = await stageLeft();
    await hear('saved', 31);
    await answer();
    await hear('unloaded', 31);
    await hear('saved', 32);
    await pass(60_000);
    expect(told).toHaveLength(1);
    expect(reads).toEqual([]);
  });

  test('recognizes it by an event just before the group was found to be gone', async () => {
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

  test('ignores an event long before the group was found to be gone', async () => {
    const { hear, reads, watch, leave, pass } = stage();
    const group = draftGroup([1]);
    watch.onPending(group);
    await hear('saved', 31);
    await pass(10_001);
    await leave(group);
    expect(reads).toEqual([]);
  });

  test('considers it closed if no save follows in time, and reports that once', async () => {
    const { hear, told, reads, pass } = await stageLeft();
    await pass(69_999);
    expect(told).toEqual([]);
    await pass(1);
    await hear('saved', 31);
    await pass(600_000);
    expect(reads).toEqual([]);
    expect(told).toEqual(['closed: 1 2, turn 0']);
  });

  test('recognizes it after a save of a minute', async () => {
    const { hear, answer, told, pass } = await stageLeft();
    await pass(60_000);
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 1 2, turn 0']);
  });

  test('reports it as closed only after the last read', async () => {
    const { hear, answer, told, pass } = await stageLeft();
    await hear('loaded', 9);
    await pass(100_000);
    expect(told).toEqual([]);
    await answer({ type: 'Task' });
    expect(told).toEqual(['closed: 1 2, turn 0']);
  });

  test('keeps waiting after the save of an older item', async () => {
    const { hear, answer, told } = await stageLeft();
    await hear('changed', 9);
    await hear('saved', 9);
    await answer({ revision: 8, createdAt: 1 });
    expect(told).toEqual([]);
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 1 2, turn 0']);
  });

  test('recognizes it even if the read takes longer than that', async () => {
    const { hear, answer, told, pass, now } = await stageLeft();
    await hear('saved', 31);
    const createdAt = now();
    await pass(90_000);
    await answer({ createdAt });
    expect(told).toEqual(['saved 31: 1 2, turn 0']);
  });

  test('recognizes it if it ended together with its group', async () => {
    const { hear, answer, told, watch, leave } = stage();
    watch.onPending(draftGroup([1]));
    const last = { ...draftGroup([]), pending: { links: [] } };
    watch.onPending(last);
    await leave(last);
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 1, turn 0']);
  });

  test('leaves files to the group if they have a work item', async () => {
    const { hear, reads, watch, leave } = stage();
    watch.onPending(draftGroup([1]));
    const last = { ...draftGroup([]), pending: { links: linksTo(workItemTarget(31), [1]) } };
    watch.onPending(last);
    await leave(last);
    await hear('saved', 31);
    expect(reads).toEqual([]);
  });

  test('ignores it without files', async () => {
    const { hear, reads, watch, leave } = stage();
    watch.onPending(draftGroup([]));
    await leave(draftGroup([]));
    await hear('saved', 31);
    expect(reads).toEqual([]);
  });

  test('uses the files reported last', async () => {
    const { hear, answer, told, watch, leave } = stage();
    watch.onPending(draftGroup([1, 2]));
    watch.onPending(draftGroup([2, 3], { turn: 1 }));
    await leave(draftGroup([2, 3], { turn: 1 }));
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 2 3, turn 1']);
  });
});

describe('DraftWatch for an opened item', () => {
  test('ignores it if it was opened before', async () => {
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
    'ignores it if its event "%s" came before the draft was opened',
    async (type) => {
      const { hear, reads, watch, leave } = stage();
      await hear(type, 9);
      watch.onPending(draftGroup([1]));
      await leave(draftGroup([1]));
      await hear('saved', 9);
      expect(reads).toEqual([]);
    },
  );

  test.each([0, -1])('ignores another draft with the number %i', async (id) => {
    const { hear, reads } = await stageLeft();
    await hear('loaded', id);
    expect(reads).toEqual([]);
  });

  test.each<[string, Partial<Origin>]>([
    ['of another type', { type: 'User Story' }],
    ['with more revisions than a new one', { revision: 4 }],
    ['of another person', { createdBy: ANOTHER }],
    ['created before the form was left', { createdAt: 1_060_000 - MAX_CLOCK_SKEW_MS - 1 }],
    ['of unknown date', { createdAt: NaN }],
  ])('rejects an item %s and reports nothing', async (_, facts) => {
    const { hear, answer, told } = await stageLeft();
    await hear('loaded', 9);
    await answer(facts);
    expect(told).toEqual([]);
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 1 2, turn 0']);
  });
});

describe('DraftWatch for a saved item', () => {
  test.each<[string, Partial<Origin>]>([
    ['changed by rules', { revision: 3 }],
    ['without a creator', { createdBy: { id: '', descriptor: '' } }],
    ['with only the id of its creator', { createdBy: { id: 'me', descriptor: '' } }],
    ['created 2 minutes early by the clock of the server', { createdAt: 1_000_000 - 120_000 }],
    ['created as early as clocks may differ', { createdAt: 1_000_000 - MAX_CLOCK_SKEW_MS }],
    ['without a date', { createdAt: NaN }],
    ['without a type', { type: '' }],
  ])('recognizes an item %s', async (_, facts) => {
    const { hear, answer, told } = await stageLeft();
    await hear('saved', 31);
    await answer(facts);
    expect(told).toEqual(['saved 31: 1 2, turn 0']);
  });

  test('recognizes a draft of unknown type', async () => {
    const { hear, answer, told, watch, leave } = stage();
    watch.onPending(draftGroup([1], { type: '' }));
    await leave(draftGroup([1], { type: '' }));
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 1, turn 0']);
  });

  test.each<[string, Partial<Origin>]>([
    ['of another type', { type: 'User Story' }],
    ['of another person', { createdBy: ANOTHER }],
    ['created long before the form was opened', { createdAt: 1_000_000 - MAX_CLOCK_SKEW_MS - 1 }],
  ])('reports ambiguity for an item %s', async (_, facts) => {
    const { hear, answer, told } = await stageLeft();
    await hear('saved', 31);
    await answer(facts);
    expect(told).toEqual(['doubt about Bug: 1 2, turn 0']);
  });

  test('reports ambiguity if the item cannot be read', async () => {
    const { hear, reads, told } = await stageLeft();
    await hear('saved', 31);
    reads[0]!.reject(new NetworkError('The line is dead.'));
    await flush();
    expect(told).toEqual(['doubt about Bug: 1 2, turn 0']);
  });
});

describe('DraftWatch for a draft saved right before its group crashed', () => {
  /** Ends the draft, keeps its group alive for `heardForMs`, and notices the crash late. */
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

  test('recognizes it however late the crash is noticed', async () => {
    const { answer, told } = await stageCrashed(2_999);
    await answer();
    expect(told).toEqual(['saved 31: 1, turn 0']);
  });

  test('ignores it if the group was alive long enough to finish it', async () => {
    const { reads, told } = await stageCrashed(3_000);
    expect([reads.length, told]).toEqual([0, []]);
  });
});

describe('DraftWatch for two drafts', () => {
  /** The first has file 1 and is orphaned; the second has the given facts and a living group. */
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

  test('reports ambiguity for both if both match', async () => {
    const { hear, answer, told, leave, groups } = await stageTwo();
    await leave(groups[1]);
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['doubt about Bug: 1, turn 0', 'doubt about Bug: 2, turn 0']);
  });

  test('reports ambiguity only for the orphaned one if both match', async () => {
    const { hear, answer, told } = await stageTwo();
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['doubt about Bug: 1, turn 0']);
  });

  test('reports ambiguity if the other one was saved a moment ago', async () => {
    const { hear, answer, told, watch, pass, groups } = await stageTwo();
    watch.onPending({ ...groups[1], pending: { links: [] } });
    await pass(2_000);
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['doubt about Bug: 1, turn 0']);
  });

  test('recognizes one if the other one was saved before', async () => {
    const { hear, answer, told, watch, pass, groups } = await stageTwo();
    watch.onPending({ ...groups[1], pending: { links: [] } });
    await pass(3_000);
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 1, turn 0']);
  });

  test('reports ambiguity if the other one was saved while this one was open', async () => {
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

  test('recognizes a draft orphaned during the read', async () => {
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

  test('distinguishes them by type', async () => {
    const { hear, answer, told, leave, groups } = await stageTwo({ type: 'Task' });
    await leave(groups[1]);
    await hear('saved', 31);
    await answer({ type: 'Task' });
    await hear('saved', 32);
    await answer();
    expect(told).toEqual(['saved 31: 2, turn 0', 'saved 32: 1, turn 0']);
  });

  test('leaves the only match to its group if that is alive', async () => {
    const { hear, answer, told } = await stageTwo({ type: 'Task' });
    await hear('saved', 31);
    await answer({ type: 'Task' });
    expect(told).toEqual([]);
  });

  test('recognizes one if the other one was opened after the save', async () => {
    const { hear, answer, told } = await stageTwo({ openedAt: 1_000_001 });
    await hear('saved', 31);
    await answer();
    expect(told).toEqual(['saved 31: 1, turn 0']);
  });

  test('ignores an item that a living group claims', async () => {
    const { hear, reads, watch, groups } = await stageTwo();
    const links = linksTo(workItemTarget(31), [2]);
    watch.onPending({ ...groups[1], pending: { links } });
    await hear('saved', 31);
    expect(reads).toEqual([]);
  });
});
