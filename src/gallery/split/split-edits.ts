import type { AttachmentReference } from '../../azure/work-item';
import { isStaplerError } from '../../base/errors';
import { writeComment } from '../../upload/intake/folder-mark';
import { changeComments } from '../../upload/link/change-comments';
import type { RenameServices } from '../../upload/link/rename-attachments';
import { renameAttachment, renameAttachments } from '../../upload/link/rename-attachments';
import { writeVolumeComment } from '../../upload/volumes/volume-mark';
import { volumeNames } from '../../upload/volumes/volume-names';
import type { AttachedFile } from '../model/attached-file';

/** New name or comment of a split file. */
export type SplitEdit = { readonly name: string } | { readonly comment: string };

/** Texts by the GUIDs of volumes. */
export type PartTexts = ReadonlyMap<AttachmentReference['id'], string>;

/**
 * Renames all volumes of a split file, or changes the comment of each, in one patch. The endings and the marks stay.
 *
 * @returns The new names by GUID; empty after a change of the comment.
 * @throws StaplerError See `renameAttachment` and `changeComments`.
 */
export async function editParts(
  services: RenameServices,
  file: AttachedFile,
  edit: SplitEdit,
): Promise<PartTexts> {
  if ('comment' in edit) {
    await changeComments(services, file.workItemId, partComments(file, edit.comment));
    return new Map();
  }
  const names = partNames(file, edit.name);
  await renameParts(services, file.workItemId, names);
  return names;
}

async function renameParts(services: RenameServices, workItemId: number, names: PartTexts): Promise<void> {
  const misnamed = [...names].map(([id, name]) => ({
    ...{ reference: { id, url: '' }, name, comment: '', size: 0 },
  }));
  try {
    await renameAttachments(services, workItemId, misnamed);
  } catch (error) {
    // A server that ignores new names of relations: each relation has to be added again.
    if (!isStaplerError(error) || error.kind !== 'refused') throw error;
    for (const [id, name] of names) await renameAttachment(services, workItemId, id, name);
  }
}

/**
 * Returns the names of the volumes for a name of the whole file. Its present name gives the present names: an undo may
 * have to restore unusual ones.
 */
export function partNames({ name: oldName, volumes }: AttachedFile, name: string): PartTexts {
  if (!volumes) return new Map();
  const names = volumeNames(name, volumes.facts.count, () => false);
  return new Map(
    volumes.volumes.flatMap((volume, index) =>
      volume
        ? [[volume.file.reference.id, name === oldName ? volume.file.name : (names[index] ?? name)]]
        : [],
    ),
  );
}

/** Returns the stored comments of the volumes for a comment of the user. */
export function partComments({ volumes }: AttachedFile, comment: string): PartTexts {
  return new Map(
    volumes?.volumes.flatMap((volume) =>
      volume
        ? [
            [
              volume.file.reference.id,
              writeComment({
                comment: writeVolumeComment({ comment, mark: volume.mark }),
                folder: volume.file.folder,
              }),
            ],
          ]
        : [],
    ),
  );
}
