import { isEditable } from '../base/file-kind';
import type { Upload, UploadState } from './upload';

/** State with one of these statuses. */
export type StateOf<Status extends UploadState['status']> = Extract<UploadState, { readonly status: Status }>;

/** Upload with one of these statuses. */
export type UploadWith<Status extends UploadState['status']> = Upload & { readonly state: StateOf<Status> };

/** Whether an upload has ended. Only the user can retry it. */
export function isOver({ status }: UploadState): boolean {
  return status === 'linked' || status === 'failed' || status === 'cancelled';
}

/** Whether bytes are still to be sent. The links of other files of the work item wait a little for it. */
export function isSending(state: UploadState): boolean {
  if (state.status === 'waiting') return state.reference === undefined;
  return state.status === 'queued' || state.status === 'preparing' || state.status === 'uploading';
}

/** Whether nothing is sent until it is known whether a file of another work item is linked instead. */
export function isHeldBack({ state, sameFile }: Pick<Upload, 'state' | 'sameFile'>): boolean {
  return sameFile !== undefined && state.status === 'queued';
}

/** Whether no attempt is under way, or one that has not begun to send. */
export function isBeforeStart({ status }: UploadState): boolean {
  return status === 'queued' || status === 'preparing' || status === 'paused';
}

/** Whether the user can edit the image before it is sent. */
export function canEdit({ file, state, edit, sameFile }: Upload): boolean {
  return edit === 'possible' && !sameFile && isBeforeStart(state) && isEditable(file.name);
}

/** Whether it waits for the editor: nothing of it is sent or stored. */
export function isInEditor({ state, edit }: Upload): boolean {
  return edit === 'open' && state.status === 'paused';
}

/** Whether an operation is in progress and can fail. */
export function isRunning(state: UploadState): state is StateOf<'preparing' | 'uploading' | 'linking'> {
  return state.status === 'preparing' || state.status === 'uploading' || state.status === 'linking';
}

/** Whether an upload proceeds without the user: not ended, paused, or waiting for a file or a save. */
export function isActive(state: UploadState): boolean {
  return isSending(state) || ['waiting', 'uploaded', 'linking'].includes(state.status);
}

/** Whether the server has all bytes. */
export function isStored(state: UploadState): boolean {
  return state.status !== 'failed' && 'reference' in state;
}

/** Whether the queue is done with an upload linked by its caller. */
export function isSettled(state: UploadState): boolean {
  return state.status === 'uploaded' || isOver(state);
}

/** Whether the link waits until the user has decided about an attachment that may be the same file. */
export function isAwaitingAnswer({ duplicate }: Upload): boolean {
  return duplicate !== undefined && duplicate.status !== 'replacing';
}

/** Whether an upload is to be linked now. */
export function isReadyToLink(upload: Upload): upload is UploadWith<'uploaded'> {
  return upload.state.status === 'uploaded' && !isAwaitingAnswer(upload);
}

/** Whether only the link failed and will be retried. */
export function isLinkRetryPending(state: UploadState): boolean {
  return state.status === 'waiting' && state.reference !== undefined;
}

/** Whether an upload waits for an automatic or manual retry. */
export function isAwaitingRetry({ status }: UploadState): boolean {
  return status === 'waiting' || status === 'failed';
}

/** Whether the user can retry it after a failure. */
export function canRetry(state: UploadState): state is StateOf<'failed'> {
  return state.status === 'failed' && state.retryable;
}

/** Whether intake has refused it because the work item was full. The upload service can retry it. */
function isRefusedForRoom(state: UploadState): boolean {
  return state.status === 'failed' && state.phase === 'intake' && state.problem.kind === 'attachment-limit';
}

/** Whether the user can retry it, in the queue or through the upload service. */
export function isRetryOffered(state: UploadState): boolean {
  return canRetry(state) || isRefusedForRoom(state);
}

/** Whether its file, dropped again, resumes this upload instead of starting a new one. */
export function canTakeFile(state: UploadState): boolean {
  return !isOver(state) || canRetry(state);
}

/** Whether an upload waits for the work item to be saved. */
export function isWaitingForSave({ status }: UploadState): boolean {
  return status === 'waiting-for-save';
}
