import { createLinker } from '../../../../src/upload/link/link-attachments';
import { NetworkError, ServerError } from '../../../../src/base/errors';
import type { RecoveryInbox } from '../../../../src/upload/recovery/journal/recovery-inbox';
import { createFinishLinks } from '../../../../src/upload/recovery/finish-links';
import { flush } from '../../../helpers/deferred';
import { servicesFor } from '../../../helpers/frame-services';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { createManualWorkItems } from '../../../helpers/manual-work-items';
import { linkable, workItemWith } from '../../../helpers/uploads';

/** Sets up `FinishLinks` with hand-driven work items. */
function stage(elsewhere: readonly number[] = []) {
  const workItems = createManualWorkItems();
  const runtime = createFakeRuntime();
  const host = {
    showToast: jest.fn<undefined, [string]>(),
    refreshForm: jest.fn(() => Promise.resolve('other-item' as const)),
  };
  const linker = createLinker(servicesFor(workItems, runtime), { verifyFirst: true });
  /** Ids of the references reported as linked, per call. */
  const settled: string[][] = [];
  const inbox: Pick<RecoveryInbox, 'claimLinks'> = {
    claimLinks: () =>
      Promise.resolve({
        elsewhere: new Set(elsewhere.map((number) => linkable(number).reference.id)),
        settle(linked) {
          settled.push([...linked]);
          return Promise.resolve();
        },
      }),
  };
  const finish = createFinishLinks({ linker, inbox, host, runtime });
  return {
    workItems,
    host,
    settled,
    pass: (ms: number): Promise<void> => runtime.pass(ms),
    /** Starts with attachments 1 and 2 of work item 7. */
    finish: async (rank = 0): Promise<void> => {
      void finish(7, [linkable(1), linkable(2)], rank);
      await runtime.pass(0);
    },
    toasts: (): readonly string[] => host.showToast.mock.calls.map(([text]) => text),
  };
}

const ATTACHED = '2 files were attached to Bug 7.';

test('FinishLinks links missing files in one patch and shows one toast', async () => {
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

test('FinishLinks skips files linked by another frame and reports its own', async () => {
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

test('FinishLinks does nothing if another frame links all files', async () => {
  const { finish, workItems, settled, toasts } = stage([1, 2]);
  await finish();
  expect([workItems.asked().length, settled, toasts()]).toEqual([0, [[]], []]);
});

test('FinishLinks does not repeat a link made by the closing group, and includes it in the toast', async () => {
  const { finish, workItems, toasts } = stage();
  await finish();
  (await workItems.nextCall()).answer(workItemWith([1]));
  const patch = await workItems.nextCall();
  expect(patch.adds).toEqual([2]);
  patch.answer(workItemWith([1, 2]));
  await flush();
  expect(toasts()).toEqual([ATTACHED]);
});

test('FinishLinks retries transient errors', async () => {
  const { finish, workItems, toasts, pass } = stage();
  await finish();
  (await workItems.nextCall()).fail(new NetworkError('The line is dead.'));
  await pass(30_000);
  (await workItems.nextCall()).answer(workItemWith([1, 2]));
  await flush();
  expect(toasts()).toEqual([ATTACHED]);
});

test('FinishLinks names the files that could not be linked', async () => {
  const { finish, workItems, toasts, host } = stage();
  await finish();
  (await workItems.nextCall()).answer(workItemWith([1]));
  (await workItems.nextCall()).fail(
    new ServerError('no-permission', 'No.', { serverMessage: 'You may not.' }),
  );
  await flush();
  expect(toasts()).toEqual([
    "“\u20682.txt\u2069” wasn't attached to Bug 7. Something went wrong. Message: You may not. Open it and add the file again.",
    '“\u20681.txt\u2069” was attached to Bug 7.',
  ]);
  expect(host.refreshForm).toHaveBeenCalledTimes(1);
});

test('FinishLinks does not refresh the form if no file could be linked', async () => {
  const { finish, workItems, toasts, host } = stage();
  await finish();
  (await workItems.nextCall()).fail(new ServerError('work-item-missing', 'Gone.'));
  await flush();
  expect(toasts()).toEqual([
    "2 files weren't attached to Work item 7. Something went wrong. Open it and add the files again.",
  ]);
  expect(host.refreshForm).not.toHaveBeenCalled();
});

test('FinishLinks waits for observers with precedence and shows no toast', async () => {
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

test('FinishLinks waits for a sign-in, however long it takes, before it reports a failure', async () => {
  const { finish, workItems, toasts, pass } = stage();
  await finish();
  for (let attempt = 1; attempt <= 30; attempt++) {
    (await workItems.nextCall()).fail(new ServerError('signed-out', 'Sign in.'));
    await pass(31_000);
  }
  expect(toasts()).toEqual([]);
  (await workItems.nextCall()).answer(workItemWith([1, 2]));
  await flush();
  expect(toasts()).toEqual([ATTACHED]);
});
