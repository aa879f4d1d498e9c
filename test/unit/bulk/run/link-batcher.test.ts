import type { BatchLimits, Candidate } from '../../../../src/bulk/run/link-batcher';
import { createLinkBatcher } from '../../../../src/bulk/run/link-batcher';
import type { Deferred } from '../../../helpers/deferred';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';

const LIMITS: BatchLimits = { maxItems: 3, maxLinks: 4, maxParallel: 1, windowMs: 30, lingerMs: 200 };

/** A batcher whose batches wait for the test; `offer` takes the ids of complete items, `incomplete` the others. */
function stage(limits: Partial<BatchLimits> = {}) {
  const runtime = createFakeRuntime();
  const batches: (Deferred<undefined> & { readonly ids: readonly number[] })[] = [];
  const onIdle = jest.fn();
  let isOpen = true;
  const batcher = createLinkBatcher<{ readonly workItemId: number }>({
    limits: { ...LIMITS, ...limits },
    isOpen: () => isOpen,
    onIdle,
    runtime,
  });
  const candidate = (workItemId: number, isIncomplete: boolean): Candidate<{ workItemId: number }> => ({
    item: { workItemId },
    isIncomplete,
  });
  return {
    ...{ runtime, onIdle, isLinking: batcher.isLinking },
    setOpen: (open: boolean) => void (isOpen = open),
    offer: (ids: readonly number[], incomplete: readonly number[] = [], isMoreExpected = true, links = 1) =>
      batcher.offer({
        candidates: [
          ...ids.map((id) => candidate(id, false)),
          ...incomplete.map((id) => candidate(id, true)),
        ],
        isMoreExpected,
        countLinks: () => links,
        link(batch) {
          const deferred = createDeferred<undefined>();
          batches.push({ ...deferred, ids: batch.map(({ workItemId }) => workItemId) });
          return deferred.promise;
        },
      }),
    finish: async (): Promise<void> => {
      batches.at(-1)?.resolve(undefined);
      await flush();
    },
    started: () => batches.map(({ ids }) => ids),
  };
}

describe('createLinkBatcher', () => {
  test('starts a full batch at once and one with room after the window', async () => {
    const { offer, started, finish, runtime, onIdle } = stage();
    offer([1, 2, 3, 4]);
    expect(started()).toEqual([[1, 2, 3]]);
    await finish();
    offer([4]);
    await runtime.pass(29);
    offer([4]);
    expect(started()).toHaveLength(1);
    onIdle.mockClear();
    await runtime.pass(1);
    expect(onIdle).toHaveBeenCalledTimes(1);
    offer([4, 5]);
    expect(started()).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  test('starts a batch with room at once if no more items are expected', () => {
    const { offer, started } = stage();
    offer([1], [], false);
    expect(started()).toEqual([[1]]);
  });

  test('limits the links of a batch, but not of a single item', async () => {
    const { offer, started, finish } = stage();
    offer([1, 2, 3], [], false, 2);
    await finish();
    offer([3], [], false, 9);
    expect(started()).toEqual([[1, 2], [3]]);
  });

  test('lets an incomplete item linger', async () => {
    const { offer, started, runtime } = stage();
    offer([], [1], false);
    await runtime.pass(199);
    offer([], [1], false);
    expect(started()).toEqual([]);
    await runtime.pass(1);
    offer([], [1], false);
    expect(started()).toEqual([[1]]);
  });

  test('starts nothing while it is closed or as many batches as allowed are in progress', async () => {
    const { offer, started, finish, setOpen, isLinking } = stage();
    setOpen(false);
    offer([1], [], false);
    expect([started(), isLinking()]).toEqual([[], false]);
    setOpen(true);
    offer([1], [], false);
    offer([2], [], false);
    expect([started(), isLinking()]).toEqual([[[1]], true]);
    await finish();
    expect(isLinking()).toBe(false);
  });
});
