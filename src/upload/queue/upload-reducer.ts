import { workItemTarget } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { canRetry, isBeforeStart, isOver, isRunning, isSending } from '../upload-state';
import type {
  Phase,
  Progress,
  SameFile,
  SendStep,
  Upload,
  UploadId,
  UploadReference,
  UploadState,
} from '../upload';
import { canRetryByHand } from '../../base/problem-traits';

/** Events of one upload. A late action, no longer fitting the state of its upload, is ignored. */
export type SingleAction =
  | { readonly type: 'preparing'; readonly id: UploadId }
  | { readonly type: 'started'; readonly id: UploadId }
  | { readonly type: 'progressed'; readonly id: UploadId; readonly progress: Progress }
  | { readonly type: 'stepped'; readonly id: UploadId; readonly step: SendStep }
  | { readonly type: 'uploaded'; readonly id: UploadId; readonly reference: UploadReference }
  /** Its link would disturb unsaved edits. */
  | { readonly type: 'held'; readonly id: UploadId }
  /** A held upload can be linked. */
  | { readonly type: 'released'; readonly id: UploadId }
  | { readonly type: 'linking'; readonly id: UploadId }
  | { readonly type: 'linked'; readonly id: UploadId; readonly revision: number }
  /** It failed and is retried at `until`, in milliseconds since the epoch. */
  | {
      readonly type: 'waiting';
      readonly id: UploadId;
      readonly phase: Phase;
      readonly problem: Problem;
      readonly until: number;
    }
  | { readonly type: 'failed'; readonly id: UploadId; readonly phase: Phase; readonly problem: Problem }
  | { readonly type: 'cancelled'; readonly id: UploadId }
  | { readonly type: 'paused'; readonly id: UploadId }
  | { readonly type: 'resumed'; readonly id: UploadId }
  /** Its image is edited before it is sent. */
  | { readonly type: 'edit-opened'; readonly id: UploadId }
  /** The connection was lost: back to the queue, without a failed attempt. */
  | { readonly type: 'requeued'; readonly id: UploadId }
  | { readonly type: 'retried'; readonly id: UploadId }
  /** The stored copy of its bytes cannot be read. */
  | { readonly type: 'file-lost'; readonly id: UploadId }
  /** Its file was picked again. */
  | { readonly type: 'supplied'; readonly id: UploadId }
  /** An attachment may be the same file, or the user has decided about it. */
  | {
      readonly type: 'duplicate-changed';
      readonly id: UploadId;
      readonly duplicate: Upload['duplicate'];
    }
  /** Another work item may have the file, or the search has ended. */
  | { readonly type: 'same-file-changed'; readonly id: UploadId; readonly sameFile: Upload['sameFile'] }
  /** The stored bytes of another work item are linked; none are sent. */
  | { readonly type: 'reused'; readonly id: UploadId; readonly file: SameFile }
  /** The server has refused the link of a reused reference for certain: the file is uploaded. */
  | { readonly type: 'reuse-refused'; readonly id: UploadId };

/** Events of the list. */
export type ListAction =
  | { readonly type: 'added'; readonly uploads: readonly Upload[] }
  /** Moves an upload before all others in the queue. */
  | { readonly type: 'moved-to-front'; readonly id: UploadId }
  /** A draft was closed unsaved: its uploads, paused and failed ones included, fail for good. */
  | { readonly type: 'abandoned'; readonly draftId: string }
  /** Removes finished uploads. */
  | { readonly type: 'removed'; readonly ids: ReadonlySet<UploadId> }
  /** Another frame has taken them over. */
  | { readonly type: 'evicted'; readonly ids: ReadonlySet<UploadId> }
  /** A draft was saved for the first time: its uploads go to the work item. */
  | { readonly type: 'saved'; readonly draftId: string; readonly workItemId: number };

/** All events. */
export type UploadAction = SingleAction | ListAction;

/** Returns the upload after `action`; the same object if the action does not fit. */
export function reduceUpload(upload: Upload, action: SingleAction): Upload {
  if (action.type === 'progressed') return advance(upload, action.progress);
  if (action.type === 'duplicate-changed') return setDuplicate(upload, action.duplicate);
  if (action.type === 'same-file-changed') return setSameFile(upload, action.sameFile);
  const state = nextState(upload, action);
  if (!state) return upload;
  const { size } = upload.file;
  // Reused bytes count once they are linked.
  const isAllThere =
    action.type === 'uploaded' || (action.type === 'linked' && upload.sameFile !== undefined);
  return {
    ...upload,
    state,
    ...(isAllThere && { progress: { bytesSent: size, bytesAccepted: size } }),
    ...(action.type === 'linking' && { isLinkTried: true }),
    ...(action.type === 'reused' && { sameFile: { status: 'linking', file: action.file } as const }),
    ...(action.type === 'reuse-refused' && { sameFile: undefined, isLinkTried: false }),
    ...(action.type === 'started' && { edit: undefined }),
    ...(action.type === 'edit-opened' && { edit: 'open' as const }),
    ...(action.type === 'resumed' && upload.edit && { edit: 'possible' as const }),
  };
}

/** Records progress. An attempt with accepted bytes counts as the first. */
function advance(upload: Upload, now: Progress): Upload {
  const { state, file, progress } = upload;
  if (state.status !== 'uploading') return upload;
  const bytesSent = between(progress.bytesSent, now.bytesSent, file.size);
  const bytesAccepted = between(progress.bytesAccepted, now.bytesAccepted, file.size);
  const acceptedNow = Math.min(now.bytesAccepted, file.size);
  if (bytesSent === progress.bytesSent && acceptedNow === upload.acceptedNow) return upload;
  const attempt = acceptedNow > upload.acceptedNow ? 1 : state.attempt;
  // A restarted upload has caught up when it passes its earlier progress.
  const step = bytesSent > progress.bytesSent ? 'sending' : state.step;
  const isSame = attempt === state.attempt && step === state.step;
  return {
    ...upload,
    progress: { bytesSent, bytesAccepted },
    acceptedNow,
    state: isSame ? state : { ...state, attempt, step },
  };
}

/** After a link attempt, the relation may exist, and an answer comes too late. */
function setDuplicate(upload: Upload, duplicate: Upload['duplicate']): Upload {
  const isLate = upload.isLinkTried || upload.state.status === 'cancelled';
  return isLate || upload.duplicate === duplicate ? upload : { ...upload, duplicate };
}

/** Only a file without any byte sent is held back or released. */
function setSameFile(upload: Upload, sameFile: Upload['sameFile']): Upload {
  const { status } = upload.state;
  const isEarly = status === 'queued' || status === 'paused';
  return isEarly && upload.sameFile !== undefined ? { ...upload, sameFile } : upload;
}

/** Returns an upload of a draft after the first save of its work item. */
export function saveDraft(upload: Upload, workItemId: number): Upload {
  const state: UploadState =
    upload.state.status === 'waiting-for-save' ? { ...upload.state, status: 'uploaded' } : upload.state;
  return { ...upload, target: workItemTarget(workItemId), state };
}

/** Returns an upload of a draft after it was closed unsaved. */
export function abandonDraft(upload: Upload): Upload {
  const { state } = upload;
  if (state.status === 'linked' || state.status === 'cancelled') return upload;
  if (state.status === 'failed')
    return state.retryable ? { ...upload, state: { ...state, retryable: false } } : upload;
  const problem: Problem = { kind: 'work-item-closed' };
  const phase: Phase = 'linking';
  return { ...upload, state: { status: 'failed', attempt: state.attempt, phase, problem, retryable: false } };
}

/** Returns the next state, or `undefined` if the action does not fit. */
function nextState(
  { state, target, isLinkTried, sameFile, edit }: Upload,
  action: Exclude<SingleAction, { type: 'progressed' | 'duplicate-changed' | 'same-file-changed' }>,
): UploadState | undefined {
  switch (action.type) {
    case 'reused':
      return sameFile?.status === 'verifying' && (state.status === 'queued' || state.status === 'paused')
        ? { status: 'uploaded', attempt: 1, reference: action.file.reference }
        : undefined;
    case 'reuse-refused':
      return sameFile?.status === 'linking' && state.status === 'linking'
        ? { status: 'queued', attempt: 1 }
        : undefined;
    case 'preparing':
      return state.status === 'queued' ? { status: 'preparing', attempt: state.attempt } : undefined;
    case 'started':
      return state.status === 'preparing'
        ? { status: 'uploading', attempt: state.attempt, step: 'sending' }
        : undefined;
    case 'stepped':
      return state.status === 'uploading' && state.step !== action.step
        ? { ...state, step: action.step }
        : undefined;
    case 'uploaded':
      return state.status === 'uploading'
        ? {
            status: target.kind === 'draft' ? 'waiting-for-save' : 'uploaded',
            attempt: 1,
            reference: action.reference,
          }
        : undefined;
    case 'held':
      return state.status === 'uploaded' ? { ...state, status: 'waiting-for-save' } : undefined;
    case 'released':
      return state.status === 'waiting-for-save' && target.kind === 'work-item'
        ? { ...state, status: 'uploaded' }
        : undefined;
    case 'linking':
      return state.status === 'uploaded' ? { ...state, status: 'linking' } : undefined;
    case 'linked':
      return state.status === 'linking'
        ? { status: 'linked', reference: state.reference, revision: action.revision }
        : undefined;
    case 'waiting':
      return isRunning(state)
        ? {
            status: 'waiting',
            attempt: state.attempt,
            phase: action.phase,
            problem: action.problem,
            until: action.until,
            ...('reference' in state && { reference: state.reference }),
          }
        : undefined;
    case 'failed':
      return fail(state, action.phase, action.problem);
    case 'cancelled':
      // After a link attempt, the relation may exist.
      return isOver(state) || isLinkTried ? undefined : { status: 'cancelled' };
    case 'paused':
      return isSending(state) && 'attempt' in state
        ? { status: 'paused', attempt: state.attempt }
        : undefined;
    case 'resumed':
      return state.status === 'paused' ? { status: 'queued', attempt: 1 } : undefined;
    case 'edit-opened':
      return edit === 'possible' && isBeforeStart(state) ? { status: 'paused', attempt: 1 } : undefined;
    case 'requeued':
      return state.status === 'preparing' || state.status === 'uploading'
        ? { status: 'queued', attempt: state.attempt }
        : undefined;
    case 'file-lost':
      return state.status === 'preparing' || state.status === 'uploading'
        ? { status: 'needs-file', attempt: state.attempt }
        : undefined;
    case 'supplied':
      return state.status === 'needs-file' ? { status: 'queued', attempt: 1 } : undefined;
    case 'retried':
      return retry(state);
  }
}

function fail(state: UploadState, phase: Phase, problem: Problem): UploadState | undefined {
  if (isOver(state) || state.status === 'paused' || state.status === 'needs-file' || !('attempt' in state))
    return undefined;
  return {
    status: 'failed',
    attempt: state.attempt,
    phase,
    problem,
    retryable: canRetryByHand(problem),
    ...('reference' in state && { reference: state.reference }),
  };
}

/** A failed link is linked again without another upload. After a failure, attempts count from 1. */
function retry(state: UploadState): UploadState | undefined {
  if (!canRetry(state) && state.status !== 'waiting') return undefined;
  const attempt = canRetry(state) ? 1 : state.attempt + 1;
  return state.reference
    ? { status: 'uploaded', attempt, reference: state.reference }
    : { status: 'queued', attempt };
}

/** Clamps progress: it never falls and never exceeds the size. */
function between(before: number, now: number, size: number): number {
  return Math.min(Math.max(before, now), size);
}
