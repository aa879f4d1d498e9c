import type { Upload } from '../../upload/upload';
import type { Journal } from '../../upload/recovery/journal/journal';
import { isInEditor, isOver, isSending } from '../../upload/upload-state';

/** Work of a page at the time it is left. */
export interface UnfinishedWork {
  readonly uploads: readonly Upload[];
  /** Whether anything remains to be done, links of stored files included. */
  readonly isUnfinished: boolean;
  /** Whether files wait for a check or a decision, with their bytes in this page only. Default: none. */
  readonly hasHeld?: boolean;
}

/** Work of a queue that links its own uploads. */
export function workOf(uploads: readonly Upload[]): UnfinishedWork {
  return { uploads, isUnfinished: uploads.some(({ state }) => !isOver(state)) };
}

/**
 * Lets the browser ask before the page is left while no other page could finish its work: bytes of a file that is not
 * kept, or anything at all without browser storage. Browsers ask only after the person has used the frame, and not if
 * the host removes it (host reference 5.2).
 */
export function warnBeforeLeaving(
  page: Pick<Window, 'addEventListener'>,
  journal: Pick<Journal, 'isFileKept'> & { readonly state: Pick<Journal['state'], 'getSnapshot'> },
  getWork: () => UnfinishedWork,
): void {
  page.addEventListener('beforeunload', (event) => {
    const { uploads, isUnfinished, hasHeld = false } = getWork();
    const isKept = journal.state.getSnapshot().kind === 'browser';
    const isAnyUnsent = uploads.some(({ id, state }) => isSending(state) && !journal.isFileKept(id));
    if (isAnyUnsent || hasHeld || uploads.some(isInEditor) || (isUnfinished && !isKept))
      event.preventDefault();
  });
}
