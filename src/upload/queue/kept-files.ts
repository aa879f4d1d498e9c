import type { UploadQueue } from './upload-queue';

/** Number of files. Pasted pictures are in memory, other files on the disk. */
const MAX_FILES = 12;

/**
 * Keeps the last uploaded files, so that their thumbnails need no download.
 *
 * @returns The bytes of an attachment by its id; `undefined` for any other file.
 */
export function keepFiles({
  onChange,
  sourceOf,
}: Pick<UploadQueue, 'onChange' | 'sourceOf'>): (attachmentId: string) => Blob | undefined {
  const kept = new Map<string, Blob>();
  onChange((changes) => {
    for (const { after } of changes) {
      if (after?.state.status !== 'uploaded') continue;
      const source = sourceOf(after.id);
      if (source) kept.set(after.state.reference.id, source);
      const [oldest] = kept.keys();
      if (kept.size > MAX_FILES && oldest !== undefined) kept.delete(oldest);
    }
  });
  return (attachmentId) => kept.get(attachmentId);
}
