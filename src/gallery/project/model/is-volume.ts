import { readComment } from '../../../upload/intake/folder-mark';
import { readVolumeComment } from '../../../upload/volumes/volume-mark';

/**
 * Whether a comment has the mark of a volume. A volume is never a duplicate: without it, the other volumes of its file
 * are of no use.
 *
 * @param comment With or without the folder.
 */
export function isVolume(comment: string): boolean {
  // Most comments have no mark, and a project has many.
  return comment.includes('[stapler ') && readVolumeComment(readComment(comment).comment) !== undefined;
}
