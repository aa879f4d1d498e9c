import type { Upload, UploadState } from '../model/upload';
import { isSending } from '../model/upload-state';
import type { Pipeline } from '../pipeline';

/** What a person can do with uploads. */
export interface UploadActions extends Pick<
  Pipeline['queue'],
  'cancel' | 'retry' | 'pause' | 'resume' | 'moveToFront' | 'remove'
> {
  /** Lets the person pick files that uploads wait for; what is picked finds its upload by what is in it. */
  readonly pickAgain: () => void;
}

/** What a row can offer. `try-now` cuts a wait short, `retry` is for what has failed. */
export type RowAction =
  'move-to-front' | 'try-now' | 'retry' | 'pick-again' | 'pause' | 'resume' | 'cancel' | 'remove';

/**
 * What a row offers, from the rarest to the last one.
 *
 * @param isNext Whether it is the first of those whose turn has not come: it cannot get further to the front.
 */
export function actionsFor({ state, isLinkTried }: Upload, isNext: boolean): readonly RowAction[] {
  switch (state.status) {
    case 'queued':
      return isNext ? ['pause', 'cancel'] : ['move-to-front', 'pause', 'cancel'];
    case 'preparing':
    case 'uploading':
      return ['pause', 'cancel'];
    case 'waiting':
      return state.reference ? ['try-now'] : ['try-now', 'pause', 'cancel'];
    case 'needs-file':
      return ['pick-again', 'cancel'];
    case 'paused':
      return ['resume', 'cancel'];
    case 'uploaded':
    case 'waiting-for-save':
      return isLinkTried ? [] : ['cancel'];
    case 'linking':
      return [];
    case 'failed':
      return state.retryable ? ['retry', 'remove'] : ['remove'];
    case 'linked':
    case 'cancelled':
      return ['remove'];
  }
}

/** Uploads, by their ids, that one button can act on. */
export interface BulkActions {
  readonly pause: readonly string[];
  readonly resume: readonly string[];
  readonly retry: readonly string[];
  readonly dismiss: readonly string[];
}

/** What can be done to several uploads at once. For a single one there is its row. */
export function bulkActionsFor(uploads: readonly Upload[]): BulkActions {
  const several = (matches: (state: UploadState) => boolean): readonly string[] => {
    const ids = uploads.flatMap(({ id, state }) => (matches(state) ? [id] : []));
    return ids.length > 1 ? ids : [];
  };
  return {
    pause: several(isSending),
    resume: several(({ status }) => status === 'paused'),
    retry: several((state) => state.status === 'failed' && state.retryable),
    dismiss: several(({ status }) => status === 'failed'),
  };
}
