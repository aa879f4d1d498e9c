import type { AttachmentReference, LinkableAttachment, WorkItem } from '../../azure/work-item';
import { StaplerError } from '../../base/errors';
import type { AttachmentEditorServices, Removal } from './edit-attachments';
import { addAttachmentsPatch } from './json-patch';
import type { RemovalTally } from './list-patches';
import { createListPatches } from './list-patches';
import { indexesOf } from './relation-list';

/** Attachments that take the place of others. */
export interface Swap {
  /** Attachments to remove. */
  readonly remove: readonly AttachmentReference['id'][];
  readonly add: readonly LinkableAttachment[];
}

/**
 * Removes attachments and links others in one patch, so both or neither happens: a full work item needs no free place.
 * Skips attachments that are gone, and those already linked. Holds the mutex of the work item.
 *
 * @throws StaplerError `not-attached` if all attachments to remove are gone, or the reason of the refusal.
 */
export function swapAttachments(
  services: AttachmentEditorServices,
  workItemId: number,
  { remove, add }: Swap,
): Promise<Removal> {
  const { updateWithRetry, removeAt } = createListPatches(services);
  const unlinkedOn = (item: WorkItem): readonly LinkableAttachment[] =>
    add.filter(({ reference }) => indexesOf(item, [reference.id]).length === 0);
  const isDone = (item: WorkItem): boolean =>
    indexesOf(item, remove).length === 0 && unlinkedOn(item).length === 0;

  return services.mutex.lock(workItemId, async () => {
    const tally: RemovalTally = { removed: new Map(), restored: [], unseen: 0 };
    const workItem = await updateWithRetry(workItemId, async (before) => {
      if (isDone(before)) return { done: before };
      const indexes = indexesOf(before, remove);
      const unlinked = unlinkedOn(before);
      if (indexes.length === 0 && unlinked.length === add.length)
        throw new StaplerError(
          'not-attached',
          `Work item ${workItemId} has none of the attachments any more.`,
        );
      const { after, error } = await removeAt(before, indexes, addAttachmentsPatch(unlinked), tally);
      if (isDone(after)) return { done: after };
      return error ? { error } : {};
    });
    return { ...tally, workItem, removed: [...tally.removed.values()] };
  });
}
