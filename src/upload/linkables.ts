import type { LinkableAttachment } from '../azure/work-item';
import type { FileFacts, Upload, UploadReference } from './upload';

/**
 * Returns the attachments to link for an upload with stored bytes: one, or the volumes of a split file.
 *
 * @param commentOf Comment of the relation.
 */
export function linkablesOf(
  { id, file }: Pick<Upload, 'id' | 'file'>,
  reference: UploadReference,
  commentOf: (file: FileFacts) => string,
): readonly LinkableAttachment[] {
  const { name, size } = file;
  return (
    reference.volumes?.map((volume) => ({
      ...volume,
      comment: commentOf({ ...file, comment: volume.comment }),
      splitKey: id,
    })) ?? [{ reference, name, comment: commentOf(file), size }]
  );
}
