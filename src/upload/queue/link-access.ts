import { toProblem } from '../../base/errors';
import { isOverload, refusesReference } from '../../base/problem-traits';
import type { UploadId } from '../upload';
import type { UploadJournal } from '../upload-journal';
import type { ConcurrencyLimiter } from './adaptive-concurrency';
import type { QueueGate, UploadAttempts } from './upload-attempts';
import type { SingleAction } from './upload-reducer';
import type { UploadScheduler } from './upload-scheduler';
import type { UploadStore } from './upload-store';

/** Events of linking. */
export type LinkAction = Extract<SingleAction, { type: 'held' | 'released' | 'linking' | 'linked' }>;

/** Access for the link scheduler. */
export interface LinkAccess extends Pick<UploadStore, 'forWorkItem' | 'workItemsToLink' | 'inOrder'> {
  /** Whether the queue is not paused. */
  readonly isOpen: () => boolean;
  readonly dispatch: (action: LinkAction) => void;
  /** Reports links that failed for the same reason, and the start of their patch. */
  readonly fail: (ids: readonly UploadId[], error: unknown, startedAt: number) => void;
}

/** Parts of a queue for its links. */
export interface LinkParts {
  readonly store: UploadStore;
  readonly gate: QueueGate;
  readonly limiter: ConcurrencyLimiter;
  readonly scheduler: UploadScheduler;
  readonly attempts: Pick<UploadAttempts, 'sourceOf'>;
  readonly journal: Pick<UploadJournal, 'updateFile'>;
}

/** Creates the access. */
export function createLinkAccess(parts: LinkParts): LinkAccess {
  const { store, gate, limiter, scheduler, attempts, journal } = parts;
  const { forWorkItem, workItemsToLink, inOrder, dispatch } = store;

  /** Sends the bytes of a file after all. Returns whether it can. */
  function uploadInstead(id: UploadId): boolean {
    const source = attempts.sourceOf(id);
    if (store.find(id)?.sameFile?.status !== 'linking' || !source) return false;
    store.dispatch({ type: 'reuse-refused', id });
    journal.updateFile(id, source);
    return true;
  }

  return {
    forWorkItem,
    workItemsToLink,
    inOrder,
    isOpen: gate.isOpen,
    dispatch,
    fail(ids, error, startedAt) {
      const problem = toProblem(error);
      if (isOverload(problem)) limiter.recordOverload(startedAt);
      const left = refusesReference(problem) ? ids.filter((id) => !uploadInstead(id)) : ids;
      if (left.length > 0) scheduler.handleFailure(left, 'linking', problem);
      if (left.length < ids.length) scheduler.startNext();
    },
  };
}
