import type { Journal } from '../../upload/recovery/journal/journal';
import { isSending } from '../../upload/upload-state';
import type { UploadService } from '../../upload/upload-service';

/**
 * Lets the browser ask before the page is left while bytes move that nobody could go on with. It asks only where a
 * person has done something in the frame, and not when the host takes the frame away (host reference 5.2).
 */
export function warnBeforeLeaving(
  page: Pick<Window, 'addEventListener'>,
  queue: Pick<UploadService['queue'], 'getSnapshot'>,
  journal: Pick<Journal, 'isFileKept'>,
): void {
  page.addEventListener('beforeunload', (event) => {
    const isInDanger = queue
      .getSnapshot()
      .some(({ id, state }) => isSending(state) && !journal.isFileKept(id));
    if (isInDanger) event.preventDefault();
  });
}
