import type { AttachmentReference } from '../../azure/attachment';
import type { Problem } from '../../base/errors';
import type { Upload, UploadId } from '../../upload/upload';
import { canRetry as canRetryUpload, isSending } from '../../upload/upload-state';
import type { FileId } from '../plan/plan';

/** What came of one file on one work item. */
export type PairOutcome =
  | { readonly kind: 'attached' }
  | {
      readonly kind: 'failed';
      /** `removing`: it is attached, and what it was to replace is still there. */
      readonly phase: 'uploading' | 'linking' | 'removing';
      readonly problem: Problem;
    }
  | { readonly kind: 'cancelled' };

/** One file that is to be attached to one work item. */
export interface RunPair {
  readonly fileId: FileId;
  /** The upload whose bytes it takes; files of the same content share one. */
  readonly uploadId: UploadId;
  readonly name: string;
  readonly comment: string;
  /** Attachments that go once it is there. */
  readonly replaces: readonly AttachmentReference['id'][];
  /** What was to be linked, once that was tried to its end. */
  readonly reference: AttachmentReference | undefined;
  /** What came of the link; `undefined` before one was tried to its end. */
  readonly outcome: PairOutcome | undefined;
}

/** A work item and what is to be attached to it. */
export interface RunItem {
  readonly workItemId: number;
  readonly pairs: readonly RunPair[];
  /** `resting`: its links failed and are tried again by themselves. */
  readonly status: 'waiting' | 'linking' | 'resting';
  /** Of linking, 1-based. */
  readonly attempt: number;
}

/** Where a run stands. */
export interface RunState {
  /** `checking`: every work item is read once more, to see what is really there. */
  readonly phase: 'running' | 'checking' | 'over';
  readonly isPaused: boolean;
  readonly isCancelled: boolean;
  /** By number of the work item, in the order of the plan. */
  readonly items: ReadonlyMap<number, RunItem>;
  /** Why the work items could not be read once more, if so: what is told then is what the server has answered. */
  readonly unchecked: Problem | undefined;
}

/** The uploads of a run by their ids. */
export type Uploads = ReadonlyMap<UploadId, Upload>;

/** What came of a pair, as far as that is known: what was not uploaded is not linked either. */
export function outcomeOf({ outcome, uploadId }: RunPair, uploads: Uploads): PairOutcome | undefined {
  if (outcome) return outcome;
  const state = uploads.get(uploadId)?.state;
  if (state?.status === 'failed') return { kind: 'failed', phase: 'uploading', problem: state.problem };
  return state?.status === 'cancelled' ? { kind: 'cancelled' } : undefined;
}

/** Whether something can be linked to an item now, and whether more of it is on its way. */
export function readinessOf({ pairs }: RunItem, uploads: Uploads): { isReady: boolean; isAwaiting: boolean } {
  let isReady = false;
  let isAwaiting = false;
  for (const { outcome, uploadId } of pairs) {
    const state = outcome ? undefined : uploads.get(uploadId)?.state;
    if (state?.status === 'uploaded') isReady = true;
    else if (state && isSending(state)) isAwaiting = true;
  }
  return { isReady, isAwaiting };
}

/** Where the bytes of a pair are, if they are stored and its link was not tried to its end. */
export function readyReference(
  { outcome, uploadId }: RunPair,
  uploads: Uploads,
): AttachmentReference | undefined {
  const state = outcome ? undefined : uploads.get(uploadId)?.state;
  return state?.status === 'uploaded' ? state.reference : undefined;
}

/** Whether the work item should show it. */
export function isThere({ outcome }: RunPair): boolean {
  return outcome?.kind === 'attached' || (outcome?.kind === 'failed' && outcome.phase === 'removing');
}

/** Whether another try may help: what is attached and has not replaced what it should needs a new run. */
export function canRetry({ outcome, uploadId }: RunPair, uploads: Uploads): boolean {
  if (outcome) return outcome.kind === 'failed' && outcome.phase !== 'removing';
  const state = uploads.get(uploadId)?.state;
  return state !== undefined && canRetryUpload(state);
}
