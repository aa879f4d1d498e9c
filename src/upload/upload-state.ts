import type { Upload, UploadState } from './upload';

/** State with one of these statuses. */
export type StateOf<Status extends UploadState['status']> = Extract<UploadState, { readonly status: Status }>;

/** Upload with one of these statuses. */
export type UploadWith<Status extends UploadState['status']> = Upload & { readonly state: StateOf<Status> };

/** Whether nothing more happens to an upload without a person. */
export function isOver({ status }: UploadState): boolean {
  return status === 'linked' || status === 'failed' || status === 'cancelled';
}

/** Whether bytes are still to be sent, so that the links of other files of the work item wait a little for it. */
export function isSending(state: UploadState): boolean {
  if (state.status === 'waiting') return state.reference === undefined;
  return state.status === 'queued' || state.status === 'preparing' || state.status === 'uploading';
}

/** Whether an operation is in progress that can fail. */
export function isRunning(state: UploadState): state is StateOf<'preparing' | 'uploading' | 'linking'> {
  return state.status === 'preparing' || state.status === 'uploading' || state.status === 'linking';
}

/** Whether an upload proceeds without a person: neither over nor paused, and waiting neither for a file nor a save. */
export function isActive(state: UploadState): boolean {
  return isSending(state) || ['waiting', 'uploaded', 'linking'].includes(state.status);
}

/** Whether the server has all bytes. */
export function isStored(state: UploadState): boolean {
  return state.status !== 'failed' && 'reference' in state;
}

/** Whether the queue has nothing more to do for an upload that its caller links. */
export function isSettled(state: UploadState): boolean {
  return state.status === 'uploaded' || isOver(state);
}

/** Whether an upload is to be linked now. */
export function isReadyToLink(upload: Upload): upload is UploadWith<'uploaded'> {
  return upload.state.status === 'uploaded';
}

/** Whether only the link failed and will be retried. */
export function isLinkRetryPending(state: UploadState): boolean {
  return state.status === 'waiting' && state.reference !== undefined;
}

/** Whether an upload waits for its next attempt, or for a person to start it. */
export function isAwaitingRetry({ status }: UploadState): boolean {
  return status === 'waiting' || status === 'failed';
}

/** Whether a person can retry it after a failure. */
export function canRetry(state: UploadState): state is StateOf<'failed'> {
  return state.status === 'failed' && state.retryable;
}

/** Whether the file of an upload, dropped again, belongs to it rather than to a new one. */
export function canTakeFile(state: UploadState): boolean {
  return !isOver(state) || canRetry(state);
}

/** Whether an upload waits for the work item to be saved. */
export function isWaitingForSave({ status }: UploadState): boolean {
  return status === 'waiting-for-save';
}
