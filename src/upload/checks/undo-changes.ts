import type { UploadQueue } from '../queue/upload-queue';
import type { PickedFile, Upload, UploadId } from '../upload';
import { isOver } from '../upload-state';

/**
 * Uploads a file as it was picked, in place of the upload of its changed bytes.
 *
 * @param onAdded Called with the new upload.
 */
export type UndoChange = (id: UploadId, original: PickedFile, onAdded?: (added: UploadId) => void) => void;

/** The bytes that take the place of an upload. */
interface Successor {
  readonly original: PickedFile;
  readonly onAdded: ((added: UploadId) => void) | undefined;
}

/**
 * Creates a function to undo changes. An upload without a link is canceled. A linked one stays until the original has
 * replaced its attachment; one with a link underway is linked first, since its relation may exist.
 */
export function createUndo(
  queue: Pick<UploadQueue, 'find' | 'add' | 'cancel' | 'remove' | 'setDuplicate' | 'onChange'>,
): UndoChange {
  /** Originals of uploads with a link underway. */
  const waiting = new Map<UploadId, Successor>();

  function replace(
    { id, target, state, duplicate, file }: Upload,
    { original: picked, onAdded }: Successor,
  ): void {
    const original = file.comment ? { ...picked, comment: file.comment } : picked;
    const attached = 'reference' in state ? state.reference : undefined;
    if (state.status !== 'linked') queue.remove([id]);
    const [added = ''] = queue.add([original], target);
    if (attached)
      queue.setDuplicate(added, {
        ...{ status: 'replacing', likeness: 'name', attachmentId: attached.id, name: original.name },
      });
    else if (duplicate) queue.setDuplicate(added, duplicate);
    onAdded?.(added);
  }

  queue.onChange((changes) => {
    for (const { after } of changes) {
      const successor = after && isOver(after.state) ? waiting.get(after.id) : undefined;
      if (!after || !successor) continue;
      waiting.delete(after.id);
      // The other listeners first see the change that is reported here.
      void Promise.resolve().then(() => replace(queue.find(after.id) ?? after, successor));
    }
  });

  return (id, original, onAdded) => {
    const upload = queue.find(id);
    if (!upload) return;
    if (!upload.isLinkTried) queue.cancel([id]);
    const now = queue.find(id) ?? upload;
    if (isOver(now.state)) replace(now, { original, onAdded });
    else waiting.set(id, { original, onAdded });
  };
}
