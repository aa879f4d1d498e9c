import type { FormEvent, UnsavedEdits } from '../../../../src/azure/host/host';
import type { RecoveryInbox } from '../../../../src/upload/recovery/journal/recovery-inbox';
import { UNKNOWN_PERSON, workItemTarget } from '../../../../src/azure/work-item';
import type { FinishLinks } from '../../../../src/upload/recovery/finish-links';
import { createTakeOver } from '../../../../src/upload/recovery/take-over';
import { flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { ITEM_7, linkable } from '../../../helpers/uploads';
import { draftGroup, groupOf7, linksTo } from './groups';

/** Sets up an observer that records its links. Each work item it reads is a bug created just now. */
function stage(unsent: readonly string[] = []) {
  const runtime = createFakeRuntime();
  /** `7: 1 2, turn 0`, oldest first, with the rank as `turn`. */
  const finished: string[] = [];
  const finishLinks: FinishLinks = (id, files, rank) => {
    finished.push(`${id}: ${files.map(({ name }) => name.slice(0, -4)).join(' ')}, turn ${rank}`);
    return Promise.resolve();
  };
  const showToast = jest.fn<undefined, [string]>();
  /** The form is closed, unless a test opens it. */
  const getUnsavedEdits = jest.fn<Promise<UnsavedEdits>, [number]>(() => Promise.resolve('unknown'));
  const draftSaved = jest.fn<
    ReturnType<RecoveryInbox['draftSaved']>,
    Parameters<RecoveryInbox['draftSaved']>
  >(() => Promise.resolve(unsent));
  const unsentByWorkItem = jest.fn<
    ReturnType<RecoveryInbox['unsentByWorkItem']>,
    Parameters<RecoveryInbox['unsentByWorkItem']>
  >(() => Promise.resolve(new Map(unsent.length > 0 ? [[7, unsent]] : [])));
  const takeOver = createTakeOver({
    finishLinks,
    inbox: { draftSaved, unsentByWorkItem },
    host: { showToast, getUnsavedEdits },
    runtime,
    getPerson: () => UNKNOWN_PERSON,
    readOrigin: () =>
      Promise.resolve({ revision: 1, type: 'Bug', createdAt: runtime.now(), createdBy: UNKNOWN_PERSON }),
  });
  return {
    ...takeOver,
    finished,
    showToast,
    getUnsavedEdits,
    draftSaved,
    unsentByWorkItem,
    pass: (ms: number): Promise<void> => runtime.pass(ms),
    /** Shows a work item in the form. */
    open: async (workItemId: number): Promise<void> => {
      takeOver.onFormEvent({ type: 'loaded', workItemId, isNew: false, isReadOnly: false });
      await flush();
    },
    hear: (type: Exclude<FormEvent['type'], 'loaded'>, workItemId: number): void =>
      takeOver.onFormEvent({ type, workItemId }),
  };
}

test('TakeOver does nothing for a living group', async () => {
  const { onPending, hear, finished, pass } = stage();
  onPending(groupOf7([1, 2]));
  onPending(draftGroup([3]));
  hear('saved', 7);
  hear('saved', 31);
  await pass(600_000);
  expect(finished).toEqual([]);
});

test('TakeOver records the number of an orphaned draft in the journal and reports its unsent files', async () => {
  const { onPending, onGone, hear, draftSaved, finished, showToast, pass } = stage(['big.bin']);
  const group = draftGroup([1], { isAwaitingFiles: true });
  onPending(group);
  onGone(group);
  hear('saved', 31);
  await pass(0);
  expect(draftSaved.mock.calls).toEqual([['draft 1', 31, [linkable(1)]]]);
  expect(finished).toEqual(['31: 1, turn 0']);
  expect(showToast.mock.calls).toContainEqual([
    '1 upload was interrupted: “\u2068big.bin\u2069”. Open Bug 31 to resume.',
  ]);
});

test('TakeOver reports unsent files of a closed form once', async () => {
  const { onGone, unsentByWorkItem, showToast, pass } = stage(['a.bin', 'b.bin']);
  const pending = { links: linksTo(ITEM_7, [1]) };
  onGone({ sender: 'frame', turn: 0, pending });
  onGone({ sender: 'frame', turn: 1, pending });
  await pass(0);
  expect(unsentByWorkItem.mock.calls).toEqual([['frame', [linkable(1)]]]);
  expect(showToast.mock.calls).toEqual([['2 uploads were interrupted. Open Work item 7 to resume.']]);
});

test('TakeOver links uploaded files at once, for each work item', async () => {
  const { onGone, finished } = stage();
  const links = [...linksTo(ITEM_7, [1]), ...linksTo(workItemTarget(9), [2]), ...linksTo(ITEM_7, [3])];
  onGone({ sender: 'group', turn: 1, pending: { links } });
  await flush();
  expect(finished).toEqual(['7: 1 3, turn 1', '9: 2, turn 1']);
});

describe('TakeOver of links waiting for a save', () => {
  test.each(['saved', 'refreshed'] as const)('finishes them once the form is %s', async (type) => {
    const { onGone, hear, finished, pass } = stage();
    onGone(groupOf7([1, 2], true));
    hear('saved', 9);
    hear('changed', 7);
    hear('unloaded', 7);
    await flush();
    expect(finished).toEqual([]);
    hear(type, 7);
    await flush();
    expect(finished).toEqual(['7: 1 2, turn 0']);
    hear('saved', 7);
    await pass(600_000);
    expect(finished).toHaveLength(1);
  });

  test('finishes them at once if the form was saved just before the group was found to be gone', async () => {
    const { onGone, hear, finished, pass } = stage();
    hear('saved', 7);
    await pass(2_999);
    onGone(groupOf7([1], true));
    await flush();
    expect(finished).toEqual(['7: 1, turn 0']);
  });

  test('keeps waiting if the form was saved earlier', async () => {
    const { onGone, hear, finished, pass } = stage();
    hear('saved', 7);
    await pass(3_000);
    onGone(groupOf7([1], true));
    await flush();
    expect(finished).toEqual([]);
  });

  test('finishes them once the work item is opened again without edits', async () => {
    const { onGone, open, getUnsavedEdits, finished } = stage();
    onGone(groupOf7([1], true));
    getUnsavedEdits.mockResolvedValue('none');
    await open(7);
    expect(finished).toEqual(['7: 1, turn 0']);
  });

  test.each(['some', 'unknown'] as const)(
    'keeps waiting if the work item is loaded again with edits: %s',
    async (edits) => {
      const { onGone, open, hear, getUnsavedEdits, finished } = stage();
      getUnsavedEdits.mockResolvedValue(edits);
      onGone(groupOf7([1], true));
      await open(7);
      expect(finished).toEqual([]);
      hear('saved', 7);
      expect(finished).toEqual(['7: 1, turn 0']);
    },
  );

  test('finishes them after 70 seconds, since the form is closed', async () => {
    const { onGone, finished, pass } = stage();
    onGone(groupOf7([1], true));
    await pass(69_999);
    expect(finished).toEqual([]);
    await pass(1);
    expect(finished).toEqual(['7: 1, turn 0']);
  });

  test('keeps waiting as long as the form is open with edits', async () => {
    const { onGone, hear, getUnsavedEdits, finished, pass } = stage();
    getUnsavedEdits.mockResolvedValue('some');
    onGone(groupOf7([1], true));
    await pass(600_000);
    expect(finished).toEqual([]);
    getUnsavedEdits.mockResolvedValue('none');
    hear('reset', 7);
    await flush();
    expect(finished).toEqual(['7: 1, turn 0']);
  });

  test('asks about edits made since the last message of the group', async () => {
    const { onGone, hear, getUnsavedEdits, finished, pass } = stage();
    getUnsavedEdits.mockResolvedValue('some');
    onGone(groupOf7([1]));
    await pass(1_000);
    expect(finished).toEqual([]);
    hear('saved', 7);
    expect(finished).toEqual(['7: 1, turn 0']);
  });

  test('finishes all links of a work item together', async () => {
    const { onGone, finished, pass } = stage();
    const links = [...linksTo(ITEM_7, [1], true), ...linksTo(ITEM_7, [2])];
    onGone({ sender: 'group', turn: 0, pending: { links } });
    expect(finished).toEqual([]);
    await pass(70_000);
    expect(finished).toEqual(['7: 1 2, turn 0']);
  });

  test('finishes them for each of two groups', () => {
    const { onGone, hear, finished } = stage();
    onGone(groupOf7([1], true));
    onGone({ ...groupOf7([2], true), sender: 'another' });
    hear('saved', 7);
    expect(finished).toEqual(['7: 1, turn 0', '7: 2, turn 0']);
  });
});

test('TakeOver links the files of a draft once it is saved', async () => {
  const { onPending, onGone, hear, finished } = stage();
  onPending(draftGroup([1, 2]));
  onGone(draftGroup([1, 2]));
  expect(finished).toEqual([]);
  hear('saved', 31);
  await flush();
  expect(finished).toEqual(['31: 1 2, turn 0']);
});

test.each([
  [0, [['“\u20681.txt\u2069”'], ['“\u20682.txt\u2069”']]],
  [1, []],
])('TakeOver reports an ambiguous draft only as the first observer: rank %i', async (turn, subjects) => {
  const { onPending, onGone, hear, finished, showToast } = stage();
  for (const [number, sender] of ['first', 'second'].entries()) {
    const group = draftGroup([number + 1], { sender, turn });
    onPending(group);
    onGone(group);
  }
  hear('saved', 31);
  await flush();
  expect(finished).toEqual([]);
  expect(showToast.mock.calls).toEqual(
    subjects.map(([subject]) => [
      `${subject} wasn't attached. Stapler couldn't find the new Bug. Open it and add the file again.`,
    ]),
  );
});

test.each([
  [0, [["“\u20681.txt\u2069” wasn't attached because the work item was closed without saving."]]],
  [1, []],
])('TakeOver reports a draft closed unsaved only as the first observer: rank %i', async (turn, toasts) => {
  const { onPending, onGone, showToast, pass } = stage();
  onPending(draftGroup([1], { turn }));
  onGone(draftGroup([1], { turn }));
  await pass(70_000);
  expect(showToast.mock.calls).toEqual(toasts);
});
