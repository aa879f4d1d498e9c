import type { AttachmentReference } from '../../azure/attachment';
import type { Problem } from '../../base/errors';
import { canRetry, isOver, isRunning, isSending } from '../upload-state';
import type { Phase, Progress, SendStep, Upload, UploadId, UploadState } from '../upload';
import { workItemTarget } from '../../azure/work-item';
import { canRetryByHand } from '../../base/problem-traits';

/** What can happen to the uploads. Whatever does not fit an upload's state is ignored: it came too late. */
export type UploadAction =
  | { readonly type: 'added'; readonly uploads: readonly Upload[] }
  | { readonly type: 'preparing'; readonly id: UploadId }
  | { readonly type: 'started'; readonly id: UploadId }
  | { readonly type: 'progressed'; readonly id: UploadId; readonly progress: Progress }
  | { readonly type: 'stepped'; readonly id: UploadId; readonly step: SendStep }
  | { readonly type: 'uploaded'; readonly id: UploadId; readonly reference: AttachmentReference }
  /** Its link would disturb edits that a person has not saved. */
  | { readonly type: 'held'; readonly id: UploadId }
  /** What was held may be linked. */
  | { readonly type: 'released'; readonly id: UploadId }
  | { readonly type: 'linking'; readonly id: UploadId }
  | { readonly type: 'linked'; readonly id: UploadId; readonly revision: number }
  /** It failed and goes on by itself at `until`, in milliseconds since the epoch. */
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
  /** What was on its way goes back into the line, through no fault of its own. */
  | { readonly type: 'parked'; readonly id: UploadId }
  | { readonly type: 'retried'; readonly id: UploadId }
  /** What was kept of the bytes cannot be read. */
  | { readonly type: 'file-lost'; readonly id: UploadId }
  /** The file was picked again. */
  | { readonly type: 'supplied'; readonly id: UploadId }
  /** Puts an upload before all others whose turn has not come. */
  | { readonly type: 'moved-to-front'; readonly id: UploadId }
  /** A new work item was closed unsaved: what was meant for it, paused and failed ones included, is over for good. */
  | { readonly type: 'abandoned'; readonly draftId: string }
  | { readonly type: 'removed'; readonly ids: ReadonlySet<UploadId> }
  /** Another frame has them. */
  | { readonly type: 'let-go'; readonly ids: ReadonlySet<UploadId> }
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
    case 'let-go':
      return orSame(
        uploads,
        uploads.filter(({ id }) => !action.ids.has(id)),
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
    case 'moved-to-front':
      return moveToFront(uploads, action.id);
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
type SingleAction = Exclude<
  UploadAction,
  { type: 'added' | 'removed' | 'let-go' | 'saved' | 'abandoned' | 'moved-to-front' }
>;

function changeOne(uploads: readonly Upload[], action: SingleAction): readonly Upload[] {
  const index = uploads.findIndex((upload) => upload.id === action.id);
  const upload = uploads[index];
  const next = upload && afterAction(upload, action);
  if (!next || next === upload) return uploads;
  // A copy and one change: of a thousand uploads, thousands of events are heard.
  const changed = uploads.slice();
  changed[index] = next;
  return changed;
}

function moveToFront(uploads: readonly Upload[], id: UploadId): readonly Upload[] {
  const upload = uploads.find((candidate) => candidate.id === id);
  const first = uploads.findIndex(({ state }) => state.status === 'queued');
  if (upload?.state.status !== 'queued' || uploads[first] === upload) return uploads;
  const others = uploads.filter((other) => other !== upload);
  return [...others.slice(0, first), upload, ...others.slice(first)];
}

function afterAction(upload: Upload, action: SingleAction): Upload | undefined {
  if (action.type === 'progressed') return advance(upload, action.progress);
  const state = nextState(upload, action);
  if (!state) return undefined;
  const { size } = upload.file;
  const isThere = action.type === 'uploaded';
  return {
    ...upload,
    state,
    ...(isThere && { progress: { bytesSent: size, bytesAccepted: size } }),
    ...(action.type === 'linking' && { isLinkTried: true }),
  };
}

/** An attempt that got bytes through is as good as the first. */
function advance(upload: Upload, now: Progress): Upload | undefined {
  const { state, file, progress } = upload;
  if (state.status !== 'uploading') return undefined;
  const bytesSent = between(progress.bytesSent, now.bytesSent, file.size);
  const bytesAccepted = between(progress.bytesAccepted, now.bytesAccepted, file.size);
  const acceptedNow = Math.min(now.bytesAccepted, file.size);
  if (bytesSent === progress.bytesSent && acceptedNow === upload.acceptedNow) return upload;
  const attempt = acceptedNow > upload.acceptedNow ? 1 : state.attempt;
  // What starts over has caught up once it is past its old place.
  const step = bytesSent > progress.bytesSent ? 'sending' : state.step;
  const isSame = attempt === state.attempt && step === state.step;
  return {
    ...upload,
    progress: { bytesSent, bytesAccepted },
    acceptedNow,
    state: isSame ? state : { ...state, attempt, step },
  };
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
function nextState(
  { state, target, isLinkTried }: Upload,
  action: Exclude<SingleAction, { type: 'progressed' }>,
): UploadState | undefined {
  switch (action.type) {
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
      // The relation may be there already, so that it is too late to call it cancelled.
      return isOver(state) || isLinkTried ? undefined : { status: 'cancelled' };
    case 'paused':
      return isSending(state) && 'attempt' in state
        ? { status: 'paused', attempt: state.attempt }
        : undefined;
    case 'resumed':
      return state.status === 'paused' ? { status: 'queued', attempt: 1 } : undefined;
    case 'parked':
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

/** A failed link is linked again; the bytes are never sent twice for it. After a failure it counts from 1 again. */
function retry(state: UploadState): UploadState | undefined {
  if (!canRetry(state) && state.status !== 'waiting') return undefined;
  const attempt = canRetry(state) ? 1 : state.attempt + 1;
  return state.reference
    ? { status: 'uploaded', attempt, reference: state.reference }
    : { status: 'queued', attempt };
}

/** Progress never runs backwards and never past the end. */
function between(before: number, now: number, size: number): number {
  return Math.min(Math.max(before, now), size);
}
