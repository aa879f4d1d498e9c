import type { AttachmentReference } from '../model/attachment';
import type { Problem } from '../model/errors';
import { isOver, isSending } from '../model/upload';
import type { Phase, Upload, UploadId, UploadState } from '../model/upload';
import { workItemTarget } from '../model/work-item';
import { canRetryByHand } from './retry-policy';

/** What can happen to the uploads. Whatever does not fit an upload's state is ignored: it came too late. */
export type UploadAction =
  | { readonly type: 'added'; readonly uploads: readonly Upload[] }
  | { readonly type: 'preparing'; readonly id: UploadId }
  | { readonly type: 'started'; readonly id: UploadId }
  | {
      readonly type: 'progressed';
      readonly id: UploadId;
      readonly bytesSent: number;
      readonly bytesAccepted: number;
    }
  | { readonly type: 'uploaded'; readonly id: UploadId; readonly reference: AttachmentReference }
  | { readonly type: 'linking'; readonly id: UploadId }
  | { readonly type: 'linked'; readonly id: UploadId; readonly revision: number }
  | { readonly type: 'failed'; readonly id: UploadId; readonly phase: Phase; readonly problem: Problem }
  | { readonly type: 'cancelled'; readonly id: UploadId }
  | { readonly type: 'paused'; readonly id: UploadId }
  | { readonly type: 'resumed'; readonly id: UploadId }
  | { readonly type: 'retried'; readonly id: UploadId }
  /** A new work item was closed unsaved: what was meant for it, paused and failed ones included, is over for good. */
  | { readonly type: 'abandoned'; readonly draftId: string }
  | { readonly type: 'removed'; readonly ids: ReadonlySet<UploadId> }
  /** A new work item was saved for the first time: what was meant for the draft goes to the work item. */
  | { readonly type: 'saved'; readonly draftId: string; readonly workItemId: number };

/** The uploads after `action`, in the order they were added. Unchanged uploads keep their identity. */
export function reduceUploads(uploads: readonly Upload[], action: UploadAction): readonly Upload[] {
  switch (action.type) {
    case 'added':
      return action.uploads.length > 0 ? [...uploads, ...action.uploads] : uploads;
    case 'removed':
      return orSame(
        uploads,
        uploads.filter((upload) => !(action.ids.has(upload.id) && isOver(upload.state))),
      );
    case 'saved':
      return orSame(
        uploads,
        uploads.map((upload) => save(upload, action.draftId, action.workItemId)),
      );
    case 'abandoned':
      return orSame(
        uploads,
        uploads.map((upload) => abandon(upload, action.draftId)),
      );
    default:
      return changeOne(uploads, action);
  }
}

/** The list as it was where nothing in it changed, so that nobody is told. */
function orSame(before: readonly Upload[], after: readonly Upload[]): readonly Upload[] {
  return after.length === before.length && after.every((upload, at) => upload === before[at])
    ? before
    : after;
}

/** An action on one upload. */
type SingleAction = Exclude<UploadAction, { type: 'added' | 'removed' | 'saved' | 'abandoned' }>;

function changeOne(uploads: readonly Upload[], action: SingleAction): readonly Upload[] {
  const index = uploads.findIndex((upload) => upload.id === action.id);
  const upload = uploads[index];
  const state = upload && nextState(upload, action);
  if (!state) return uploads;
  return uploads.map((other, at) => (at === index ? { ...other, state } : other));
}

function save(upload: Upload, draftId: string, workItemId: number): Upload {
  if (upload.target.kind !== 'draft' || upload.target.draftId !== draftId) return upload;
  const state: UploadState =
    upload.state.status === 'waiting-for-save' ? { ...upload.state, status: 'uploaded' } : upload.state;
  return { ...upload, target: workItemTarget(workItemId), state };
}

function abandon(upload: Upload, draftId: string): Upload {
  const { target, state } = upload;
  if (target.kind !== 'draft' || target.draftId !== draftId) return upload;
  if (state.status === 'linked' || state.status === 'cancelled') return upload;
  if (state.status === 'failed')
    return state.retryable ? { ...upload, state: { ...state, retryable: false } } : upload;
  const problem: Problem = { kind: 'work-item-closed' };
  const phase: Phase = 'linking';
  return { ...upload, state: { status: 'failed', attempt: state.attempt, phase, problem, retryable: false } };
}

/** The state that follows, or `undefined` where the action does not fit. */
function nextState({ state, target, file }: Upload, action: SingleAction): UploadState | undefined {
  switch (action.type) {
    case 'preparing':
      return state.status === 'queued' ? { status: 'preparing', attempt: state.attempt } : undefined;
    case 'started':
      return state.status === 'preparing'
        ? { status: 'uploading', attempt: state.attempt, bytesSent: 0, bytesAccepted: 0 }
        : undefined;
    case 'progressed':
      return state.status === 'uploading'
        ? {
            ...state,
            bytesSent: between(state.bytesSent, action.bytesSent, file.size),
            bytesAccepted: between(state.bytesAccepted, action.bytesAccepted, file.size),
          }
        : undefined;
    case 'uploaded':
      return state.status === 'uploading'
        ? {
            status: target.kind === 'draft' ? 'waiting-for-save' : 'uploaded',
            attempt: state.attempt,
            reference: action.reference,
          }
        : undefined;
    case 'linking':
      return state.status === 'uploaded' ? { ...state, status: 'linking' } : undefined;
    case 'linked':
      return state.status === 'linking'
        ? { status: 'linked', reference: state.reference, revision: action.revision }
        : undefined;
    case 'failed':
      return fail(state, action.phase, action.problem);
    case 'cancelled':
      return isOver(state) || state.status === 'linking' ? undefined : { status: 'cancelled' };
    case 'paused':
      return isSending(state) && 'attempt' in state
        ? { status: 'paused', attempt: state.attempt }
        : undefined;
    case 'resumed':
      return state.status === 'paused' ? { status: 'queued', attempt: state.attempt } : undefined;
    case 'retried':
      return retry(state);
  }
}

function fail(state: UploadState, phase: Phase, problem: Problem): UploadState | undefined {
  if (isOver(state) || state.status === 'paused' || !('attempt' in state)) return undefined;
  return {
    status: 'failed',
    attempt: state.attempt,
    phase,
    problem,
    retryable: canRetryByHand(problem),
    ...('reference' in state && { reference: state.reference }),
  };
}

/** A failed link is linked again; the bytes are never sent twice for it. */
function retry(state: UploadState): UploadState | undefined {
  if (state.status !== 'failed' || !state.retryable) return undefined;
  const attempt = state.attempt + 1;
  return state.reference
    ? { status: 'uploaded', attempt, reference: state.reference }
    : { status: 'queued', attempt };
}

/** Progress never runs backwards and never past the end. */
function between(before: number, now: number, size: number): number {
  return Math.min(Math.max(before, now), size);
}
