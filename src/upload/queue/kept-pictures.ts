import { kindOf } from '../../base/file-kind';
import type { UploadQueue } from './upload-queue';

/** Number of pictures. Pasted ones are in memory, picked ones on the disk. */
const MAX_PICTURES = 12;

/**
 * Keeps the last uploaded pictures, so that their thumbnails need no download.
 *
 * @returns The bytes of an attachment by its id; `undefined` for any other file.
 */
export function keepPictures({
  onChange,
  sourceOf,
}: Pick<UploadQueue, 'onChange' | 'sourceOf'>): (attachmentId: string) => Blob | undefined {
  const kept = new Map<string, Blob>();
  onChange((changes) => {
    for (const { after } of changes) {
      if (after?.state.status !== 'uploaded' || kindOf(after.file.name) !== 'image') continue;
      const source = sourceOf(after.id);
      if (source) kept.set(after.state.reference.id, source);
      const [oldest] = kept.keys();
      if (kept.size > MAX_PICTURES && oldest !== undefined) kept.delete(oldest);
    }
  });
  return (attachmentId) => kept.get(attachmentId);
}
