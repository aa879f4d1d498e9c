import type { AttachedFile } from '../../attached/attached-file';
import { keyOfFile } from '../../attached/attached-file';
import type { Attachments } from '../attachments';
import type { RemovedFile } from '../gallery-state';

/**
 * Takes files of one work item away from it.
 *
 * @returns Those that were there, and what it takes to put them back.
 * @throws StaplerError See `AttachmentEditor.remove`.
 */
export async function takeAway(
  attachments: Pick<Attachments, 'remove'>,
  workItemId: number,
  files: readonly AttachedFile[],
): Promise<readonly RemovedFile[]> {
  const ids = files.map(({ reference }) => reference.id);
  const { removed } = await attachments.remove(workItemId, ids);
  const linkables = new Map(removed.map((linkable) => [linkable.reference.id, linkable]));
  return files.flatMap((file) => {
    const linkable = linkables.get(file.reference.id);
    return linkable ? [{ file, linkable }] : [];
  });
}

/**
 * Puts files of one work item back that were taken away from it.
 *
 * @returns Why some are not there again, by their keys.
 */
export async function giveBack(
  attachments: Pick<Attachments, 'link'>,
  workItemId: number,
  removed: readonly RemovedFile[],
): Promise<ReadonlyMap<string, unknown>> {
  const linkables = removed.map(({ linkable }) => linkable);
  const { failures } = await attachments.link(workItemId, linkables);
  return new Map(
    removed
      .filter(({ linkable }) => failures.has(linkable.reference.id))
      .map(({ file, linkable }) => [keyOfFile(file), failures.get(linkable.reference.id)]),
  );
}
