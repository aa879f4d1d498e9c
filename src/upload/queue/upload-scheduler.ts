import type { Problem } from '../../base/errors';
import { nextRetry } from '../../base/retry';
import type { Runtime } from '../../base/runtime';
import { sameTarget } from '../../azure/work-item';
import type { Phase, UploadId } from '../upload';
import { isAwaitingRetry, isLinkRetryPending } from '../upload-state';
import type { ConcurrencyLimiter } from './adaptive-concurrency';
import { createQueueHold } from './queue-hold';
import type { QueueGate, UploadAttempts } from './upload-attempts';
import { isHeld } from './upload-attempts';
import type { UploadStore } from './upload-store';

/** Dependencies of `createUploadScheduler`. */
export interface UploadSchedulerOptions {
  readonly store: UploadStore;
  readonly gate: QueueGate;
  readonly limiter: ConcurrencyLimiter;
  readonly attempts: Pick<UploadAttempts, 'start' | 'running' | 'abort'>;
  readonly runtime: Runtime;
  /** See `UploadQueueOptions`. */
  readonly probe: (() => Promise<unknown>) | undefined;
  /** Called when uploads or links may continue after a pause or a delay. */
  readonly onResume: () => void;
}

/** Decides when uploads start, and when failed ones are retried. */
export interface UploadScheduler {
  /** Starts uploads in the order of the queue; small files pass large ones without room. */
  readonly startNext: () => void;
  /** Continues uploads and links after a pause or a delay. */
  readonly resume: () => void;
  /** Aborts attempts and gives their slots to others. The caller has updated their state in the store. */
  readonly stop: (ids: readonly UploadId[]) => void;
  /** Schedules a retry after a failure, or fails for good. Uploads with a common failure are retried together. */
  readonly handleFailure: (ids: readonly UploadId[], phase: Phase, problem: Problem) => void;
  /** Retries by hand, overriding a pause requested by the server. Links of one work item travel in one patch. */
  readonly retryNow: (ids: readonly UploadId[]) => void;
  /** Overrides a pause by hand, and retries waiting uploads; while nothing can be reached, checks now. */
  readonly override: () => void;
  /** Records a failed request, which may pause the queue; `id` identifies it among its retries. */
  readonly recordFailure: (id: string, problem: Problem) => void;
}

/** Creates a scheduler. It pauses while the runtime is offline. */
export function createUploadScheduler(options: UploadSchedulerOptions): UploadScheduler {
  const { store, gate, limiter, attempts, runtime, probe, onResume } = options;
  const hold = probe && createQueueHold({ gate, runtime, probe, onReached: retryWaiting });

  function startNext(): void {
    if (!gate.isOpen()) return;
    let at = 0;
    while (!limiter.isFull(store.countRetrying())) {
      const upload = store.find(store.queuedAt(at) ?? '');
      if (!upload) return;
      const hasStarted = limiter.hasRoom(upload.file.size) && attempts.start(upload);
      // A started upload has left the queue.
      if (!hasStarted) at++;
    }
  }

  function resume(): void {
    gate.releaseWaiters();
    startNext();
    onResume();
  }

  function stop(ids: readonly UploadId[]): void {
    attempts.abort(ids);
    startNext();
  }

  function handleFailure(ids: readonly UploadId[], phase: Phase, problem: Problem): void {
    const waiting: UploadId[] = [];
    let delayMs = 0;
    for (const id of ids) {
      const state = store.find(id)?.state;
      const attempt = state && 'attempt' in state ? state.attempt : 1;
      const decision = nextRetry(problem, attempt, runtime.random, { waitsForSignIn: hold !== undefined });
      if (decision.action === 'stop') store.dispatch({ type: 'failed', id, phase, problem });
      else {
        waiting.push(id);
        delayMs = Math.max(delayMs, decision.delayMs);
      }
    }
    // All have failed in one request.
    const [first] = ids;
    if (first !== undefined) hold?.recordFailure(first, problem);
    if (waiting.length === 0) return;
    const until = runtime.now() + delayMs;
    for (const id of waiting) store.dispatch({ type: 'waiting', id, phase, problem, until });
    runtime.setTimer(delayMs, () => retry(waiting.filter((id) => isWaitingUntil(id, until))));
  }

  /** Whether an upload still waits for this retry: a person may have been faster than the timer. */
  function isWaitingUntil(id: UploadId, until: number): boolean {
    const state = store.find(id)?.state;
    return state?.status === 'waiting' && state.until === until;
  }

  function retry(ids: Iterable<UploadId>): void {
    for (const id of ids) store.dispatch({ type: 'retried', id });
    resume();
  }

  /** Adds the other uploads of the failed patch. */
  function linkBatchOf(id: UploadId): readonly UploadId[] {
    const upload = store.find(id);
    if (!upload || !isLinkRetryPending(upload.state)) return [id];
    return store
      .getSnapshot()
      .filter(({ state, target }) => isLinkRetryPending(state) && sameTarget(target, upload.target))
      .map((other) => other.id);
  }

  function canRetryNow(id: UploadId): boolean {
    const upload = store.find(id);
    return upload !== undefined && isAwaitingRetry(upload.state);
  }

  function pauseForOffline(): void {
    gate.dispatch({ type: 'went-offline' });
    const running = attempts.running();
    for (const id of running) store.dispatch({ type: 'requeued', id });
    stop(running);
  }

  function resumeAfterOffline(): void {
    gate.dispatch({ type: 'came-online' });
    retryWaiting();
  }

  /** Uploads waiting for a `Retry-After` keep waiting. */
  function retryWaiting(): void {
    retry(
      store
        .getSnapshot()
        .filter(({ state }) => state.status === 'waiting' && state.problem.retryAfterMs === undefined)
        .map(({ id }) => id),
    );
  }

  runtime.onConnectivity((isOnline) => (isOnline ? resumeAfterOffline() : pauseForOffline()));
  store.onChange((_, { type }) => {
    if (type === 'uploaded' || type === 'linked') hold?.recordSuccess();
  });

  return {
    startNext,
    resume,
    stop,
    handleFailure,

    retryNow(ids) {
      const isThrottled = gate.getSnapshot().reason === 'throttled';
      if (isThrottled && ids.some(canRetryNow)) gate.dispatch({ type: 'overridden' });
      hold?.checkNow();
      retry(new Set(ids.flatMap(linkBatchOf)));
    },

    recordFailure: (id, problem) => hold?.recordFailure(id, problem),

    override() {
      if (isHeld(gate.getSnapshot())) {
        hold?.checkNow();
        return;
      }
      gate.dispatch({ type: 'overridden' });
      resumeAfterOffline();
    },
  };
}
