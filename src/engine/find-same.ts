import type { AttachmentReference, WorkItem } from '../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../azure/work-item';
import type { RunFile } from '../bulk/run/enqueue-unique';
import { planItemOf } from '../bulk/run/plan-item';
import { findAttached } from './attach/find-attached';
import type { Engine } from './engine';

/**
 * Finds the attachment of a work item that a file is already: see `findAttached`.
 *
 * @throws StaplerError if an attachment cannot be read.
 */
export async function findSame(
  engine: Pick<Engine, 'services' | 'contents'>,
  workItem: WorkItem,
  file: RunFile,
): Promise<AttachmentReference | undefined> {
  const pair = { workItemId: workItem.id, fileId: file.id, name: file.name };
  const found = await findAttached(engine, [pair], [file], [planItemOf(workItem, Infinity)]);
  const id = found.get(workItem.id)?.get(file.id);
  const relation = attachmentsOf(workItem).find(({ url }) => attachmentIdOf(url) === id);
  return id !== undefined && relation ? { id, url: relation.url } : undefined;
}
