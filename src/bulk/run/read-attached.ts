import type { RelatedItem } from '../../azure/related-items';
import { relatedItemsOf } from '../../azure/related-items';
import type { AttachmentOfItem, LinkableAttachment, WorkItem } from '../../azure/work-item';
import { attachmentsOf } from '../../azure/work-item';
import { readComment } from '../../upload/intake/folder-mark';
import { linkableOf } from '../../upload/link/relation-list';
import type { StoredFile } from '../../upload/upload';
import type { PlanItem } from '../plan/plan';

/** A work item linked from those with the attachments. */
export type RelatedPlanItem = Pick<RelatedItem, 'kind'> & Pick<PlanItem, 'id' | 'type' | 'title' | 'state'>;

/** Attachments with their work items, as read from the server. */
export interface AttachedFiles {
  /** In the order of the request, without those removed meanwhile. */
  readonly files: readonly (StoredFile & Pick<LinkableAttachment, 'comment'>)[];
  /** Parents, children and related work items, without those of the files. Unreadable ones are left out. */
  readonly related: readonly RelatedPlanItem[];
}

/**
 * Reads attachments and the work items related to theirs.
 *
 * @throws StaplerError if any request failed.
 */
export async function readAttached(
  wanted: readonly AttachmentOfItem[],
  readMany: (ids: readonly number[]) => Promise<ReadonlyMap<number, WorkItem>>,
): Promise<AttachedFiles> {
  const sources = await readMany([...new Set(wanted.map(({ workItemId }) => workItemId))]);
  const files = wanted.flatMap(({ workItemId, attachmentId }) => {
    const source = sources.get(workItemId);
    return source ? storedFilesOf(source).filter(({ reference }) => reference.id === attachmentId) : [];
  });
  const kinds = new Map<number, RelatedItem['kind']>();
  for (const { workItemId, kind } of [...sources.values()].flatMap(relatedItemsOf))
    if (!sources.has(workItemId) && !kinds.has(workItemId)) kinds.set(workItemId, kind);
  const found = kinds.size > 0 ? await readMany([...kinds.keys()]) : new Map<number, WorkItem>();
  const related = [...kinds].flatMap(([id, kind]): readonly RelatedPlanItem[] => {
    const item = found.get(id);
    return item ? [{ id, kind, type: item.type, title: item.title, state: item.state }] : [];
  });
  return { files: uniqueFiles(files), related };
}

function storedFilesOf(workItem: WorkItem): AttachedFiles['files'] {
  return attachmentsOf(workItem).map((relation) => {
    const linkable = linkableOf(relation);
    return { ...linkable, ...readComment(linkable.comment) };
  });
}

function uniqueFiles(files: AttachedFiles['files']): AttachedFiles['files'] {
  return [...new Map(files.map((file) => [file.reference.id, file])).values()];
}
