import { createLinker } from '../../../../src/upload/link/link-attachments';
import { NetworkError, ServerError } from '../../../../src/base/errors';
import type { RecoveryInbox } from '../../../../src/upload/recovery/journal/recovery-inbox';
import { createFinishLinks } from '../../../../src/upload/recovery/finish-links';
import { flush } from '../../../helpers/deferred';
import { servicesFor } from '../../../helpers/frame-services';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { createHandDrivenWorkItems } from '../../../helpers/hand-driven-work-items';
import { linkable, workItemWith } from '../../../helpers/uploads';

/** Links that are finished on work items in the hands of the test. */
function stage(elsewhere: readonly number[] = []) {
  const workItems = createHandDrivenWorkItems();
  const runtime = createFakeRuntime();
  const host = {
    showToast: jest.fn<undefined, [string]>(),
    refreshForm: jest.fn(() => Promise.resolve('other-item' as const)),
  };
  const linker = createLinker(servicesFor(workItems, runtime), { verifyFirst: true });
  /** Names of the references that were said to be linked. */
  const settled: string[][] = [];
  const leftovers: Pick<RecoveryInbox, 'claimLinks'> = {
    claimLinks: () =>
      Promise.resolve({
        elsewhere: new Set(elsewhere.map((number) => linkable(number).reference.id)),
        settle(linked) {
          settled.push([...linked]);
          return Promise.resolve();
        },
      }),
  };
  const finish = createFinishLinks({ linker, leftovers, host, runtime });
  return {
    workItems,
    host,
    settled,
    pass: (ms: number): Promise<void> => runtime.pass(ms),
    /** Begins with attachments 1 and 2 of work item 7. */
    finish: async (turn = 0): Promise<void> => {
      void finish(7, [linkable(1), linkable(2)], turn);
      await runtime.pass(0);
    },
    toasts: (): readonly string[] => host.showToast.mock.calls.map(([text]) => text),
  };
}

const ATTACHED = '2 files were attached to Bug 7.';

test('links what is not there yet, in one patch, and says so once', async () => {
  const { finish, workItems, toasts, host } = stage();
  await finish();
  (await workItems.nextCall()).answer(workItemWith([]));
  const patch = await workItems.nextCall();
  expect(patch.adds).toEqual([1, 2]);
  patch.answer(workItemWith([1, 2]));
  await flush();
  expect(toasts()).toEqual([ATTACHED]);
  expect(host.refreshForm.mock.calls).toEqual([[7]]);
});

test('leaves to another frame what that links, and says of the others that they are linked', async () => {
  const { finish, workItems, settled, toasts } = stage([1]);
  await finish();
  (await workItems.nextCall()).answer(workItemWith([]));
  const patch = await workItems.nextCall();
  expect(patch.adds).toEqual([2]);
  patch.answer(workItemWith([2]));
  await flush();
  expect(settled).toEqual([[linkable(2).reference.id]]);
  expect(toasts()).toHaveLength(1);
});

test('does nothing where another frame links all of them', async () => {
  const { finish, workItems, settled, toasts } = stage([1, 2]);
  await finish();
  expect([workItems.asked().length, settled, toasts()]).toEqual([0, [[]], []]);
});

test('does not link again what the group linked while it went, and says that it is there', async () => {
  const { finish, workItems, toasts } = stage();
  await finish();
  (await workItems.nextCall()).answer(workItemWith([1]));
  const patch = await workItems.nextCall();
  expect(patch.adds).toEqual([2]);
  patch.answer(workItemWith([1, 2]));
  await flush();
  expect(toasts()).toEqual([ATTACHED]);
});

test('tries again what passes by itself', async () => {
  const { finish, workItems, toasts, pass } = stage();
  await finish();
  (await workItems.nextCall()).fail(new NetworkError('The line is dead.'));
  await pass(30_000);
  (await workItems.nextCall()).answer(workItemWith([1, 2]));
  await flush();
  expect(toasts()).toEqual([ATTACHED]);
});

test('says what could not be linked', async () => {
  const { finish, workItems, toasts, host } = stage();
  await finish();
  (await workItems.nextCall()).answer(workItemWith([1]));
  (await workItems.nextCall()).fail(
    new ServerError('no-permission', 'No.', { serverMessage: 'You may not.' }),
  );
  await flush();
  expect(toasts()).toEqual([
    '“\u20682.txt\u2069” was not attached to Bug 7. It did not work. It says: You may not. Open it and drop what is missing again.',
    '“\u20681.txt\u2069” was attached to Bug 7.',
  ]);
  expect(host.refreshForm).toHaveBeenCalledTimes(1);
});

test('has nothing to show where nothing could be linked', async () => {
  const { finish, workItems, toasts, host } = stage();
  await finish();
  (await workItems.nextCall()).fail(new ServerError('work-item-missing', 'Gone.'));
  await flush();
  expect(toasts()).toEqual([
    '2 files were not attached to Work item 7. It did not work. Open it and drop what is missing again.',
  ]);
  expect(host.refreshForm).not.toHaveBeenCalled();
});

test('lets observers before it go first, and leaves the word to them', async () => {
  const { finish, workItems, toasts, pass } = stage();
  await finish(2);
  await pass(19_999);
  expect(workItems.asked()).toEqual([]);
  await pass(1);
  (await workItems.nextCall()).answer(workItemWith([1, 2]));
  await flush();
  expect(workItems.asked()).toEqual(['read 7']);
  expect(toasts()).toEqual([]);
});
