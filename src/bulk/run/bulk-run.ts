import { coalesce } from '../../base/async';
import type { ReadonlyStore } from '../../base/store';
import { createStore } from '../../base/store';
import { MAX_ITEMS_PER_BATCH } from '../../upload/link/link-group';
import type { UploadQueue } from '../../upload/queue/upload-queue';
import type { UploadId } from '../../upload/upload';
import { canRetry, isSending, isSettled } from '../../upload/upload-state';
import type { LinkBatchOptions } from './link-batch';
import { linkBatch } from './link-batch';
import type { BatchLimits } from './link-batcher';
import { createLinkBatcher } from './link-batcher';
import { initialRun, reduceRun } from './run-reducer';
import type { RunItem, RunState, Uploads } from './run-state';
import { byId, countReady, isActive, pendingWork } from './run-state';
import type { VerifyRunOptions } from './verify-run';
import { verifyRun } from './verify-run';

/** Dependencies of `createBulkRun`. */
export interface BulkRunOptions extends Omit<LinkBatchOptions, 'onFailure'>, VerifyRunOptions {
  /** Files by work item, in the order of the plan. */
  readonly items: ReadonlyMap<number, RunItem>;
  /** Queue with the uploads of the items, and no others. */
  readonly queue: UploadQueue;
  /** Called at each end of the run; failures can be retried afterwards. */
  readonly onOver: (state: RunState) => void;
}

/** Uploads of files to many work items: each distinct content is sent once and linked to each of its work items. */
export interface BulkRun extends ReadonlyStore<RunState> {
  readonly queue: UploadQueue;
  /** Stops sending and linking until `resume`; links in progress are completed. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Ends the run: attached files stay, all others are canceled. */
  readonly cancel: () => void;
  /**
   * Retries failures.
   *
   * @param added More files to attach, by work item, with uploads in the queue. Default: none.
   */
  readonly retryFailed: (added?: RunState['items']) => void;
}

const LIMITS: BatchLimits = {
  maxItems: MAX_ITEMS_PER_BATCH,
  maxLinks: 2_000,
  maxParallel: 2,
  windowMs: 3_000,
  lingerMs: 60_000,
};

/** Interval between two offers of stored files to the batcher while files are being sent, in milliseconds. */
const OFFER_INTERVAL_MS = 50;

/** Creates a run and starts it. */
export function createBulkRun(options: BulkRunOptions): BulkRun {
  const { items, queue, onOver, runtime } = options;
  const { getSnapshot, subscribe, dispatch } = createStore(reduceRun, initialRun(items));
  const batcher = createLinkBatcher<RunItem>({
    limits: LIMITS,
    isOpen: () => queue.pauseReason.getSnapshot().reason === 'nothing',
    onIdle: advance,
    runtime,
  });
  const allIds = (): readonly UploadId[] => queue.getSnapshot().map(({ id }) => id);
  const advanceLater = coalesce(runtime, OFFER_INTERVAL_MS, advance);

  /** Links stored files, and verifies the run once no work is left. */
  function advance(): void {
    const state = getSnapshot();
    if (state.phase !== 'running' && state.phase !== 'cancelling') return;
    const uploads = byId(queue.getSnapshot());
    const { candidates, isDone } = pendingWork(state, uploads);
    if (isDone && !batcher.isLinking()) {
      void verify();
      return;
    }
    batcher.offer({
      candidates,
      isMoreExpected: [...uploads.values()].some((upload) => isSending(upload.state)),
      countLinks: (item) => countReady(item, uploads),
      link: (batch) => link(batch, uploads),
    });
  }

  /** Advances at intervals while files are being sent, so that stored files gather. */
  function onQueueChange(): void {
    if (queue.isAnySending()) advanceLater();
    else advance();
  }

  async function link(batch: readonly RunItem[], uploads: Uploads): Promise<void> {
    const ids = batch.map(({ workItemId }) => workItemId);
    dispatch({ type: 'linking', ids });
    const results = await linkBatch(batch, uploads, { ...options, onFailure: queue.recordFailure });
    dispatch({ type: 'linked', ids, results });
    const delays = [...results].flatMap(([id, { retryDelayMs }]) =>
      retryDelayMs === undefined ? [] : [{ id, retryDelayMs }],
    );
    if (delays.length === 0) return;
    // Failures of one batch are retried together, after the longest of their delays.
    runtime.setTimer(Math.max(...delays.map(({ retryDelayMs }) => retryDelayMs)), () => {
      dispatch({ type: 'backed-off', ids: delays.map(({ id }) => id) });
      advance();
    });
  }

  async function verify(): Promise<void> {
    dispatch({ type: 'checking' });
    const verification = await verifyRun(getSnapshot, options);
    dispatch({ type: 'checked', verification, uploads: byId(queue.getSnapshot()) });
    if (getSnapshot().phase === 'over') onOver(getSnapshot());
    else advance();
  }

  queue.onChange((_, { type }) => {
    if (type !== 'progressed' && type !== 'stepped') onQueueChange();
  });
  queue.onResume(onQueueChange);
  advance();

  return {
    getSnapshot,
    subscribe,
    queue,

    pause() {
      dispatch({ type: 'paused' });
      queue.pause(allIds());
    },

    resume() {
      dispatch({ type: 'resumed' });
      queue.resume(allIds());
      advance();
    },

    cancel() {
      if (!isActive(getSnapshot())) return;
      dispatch({ type: 'cancelled' });
      const open = queue.getSnapshot().filter(({ state }) => !isSettled(state));
      queue.cancel(open.map(({ id }) => id));
      advance();
    },

    retryFailed(added = new Map()) {
      if (getSnapshot().phase === 'checking') return;
      dispatch({ type: 'retried', uploads: byId(queue.getSnapshot()), added });
      const failed = queue.getSnapshot().filter(({ state }) => canRetry(state));
      queue.retry(failed.map(({ id }) => id));
      advance();
    },
  };
}
