import type { GalleryState, RemovedFile } from '../gallery-state';
import type { InText } from '../model/attached-file';

/** A removed file that texts still use. */
export interface UsedFile {
  readonly removed: RemovedFile;
  readonly inText: InText;
}

/** Returns the removed files that texts of the work item in the form still use, as far as they were read. */
export function removedButUsed({ bin, texts }: Pick<GalleryState, 'bin' | 'texts'>): readonly UsedFile[] {
  return bin.flatMap((removed) => {
    const { reference, workItemId } = removed.file;
    const used = texts?.files.find(
      (file) => file.reference.id === reference.id && file.workItemId === workItemId,
    );
    return used?.inText ? [{ removed, inText: used.inText }] : [];
  });
}
