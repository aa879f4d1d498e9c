import type { LinkableAttachment, WorkItem } from '../../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../azure/work-item';
import type { FrameServices } from '../frame-services';
import { setNamePatch } from './json-patch';
import { createListPatches } from './list-patches';

/** Dependencies of `renameAttachments`. */
export type RenameServices = Pick<
  FrameServices,
  'workItems' | 'mutex' | 'runtime' | 'capabilities' | 'learned' | 'getPerson'
>;

/**
 * Gives attachments of one work item their requested names, in one revision. Holds the mutex of the work item.
 *
 * @throws StaplerError if the server refuses or ignores the names.
 */
export function renameAttachments(
  services: RenameServices,
  workItemId: number,
  misnamed: readonly LinkableAttachment[],
): Promise<WorkItem> {
  const { updateWithRetry, changeAt } = createListPatches(services);
  const names = new Map(misnamed.map(({ reference, name }) => [reference.id, name]));

  function findWrong({ relations }: WorkItem): { readonly index: number; readonly wanted: string }[] {
    return relations.flatMap(({ url, name }, index) => {
      const wanted = names.get(attachmentIdOf(url) ?? '');
      return wanted === undefined || wanted === name ? [] : [{ index, wanted }];
    });
  }

  return services.mutex.lock(workItemId, () =>
    updateWithRetry(workItemId, async (before) => {
      const wrong = findWrong(before);
      if (wrong.length === 0) return { done: before };
      const changes = wrong.map(({ index, wanted }) => setNamePatch(index, wanted));
      const indexes = wrong.map(({ index }) => index);
      const { after, error } = await changeAt(before, indexes, changes);
      // A link of another user may have shifted the indexes: the renamed attachment gets its own name back.
      for (const [id, name] of strayNames(before, after)) if (!names.has(id)) names.set(id, name);
      if (error) return { error };
      return findWrong(after).length === 0 ? { done: after } : {};
    }),
  );
}

/** Returns the names before of attachments with another name after, by id. */
function strayNames(before: WorkItem, after: WorkItem): readonly (readonly [string, string])[] {
  const namesAfter = new Map(attachmentsOf(after).map(({ url, name }) => [attachmentIdOf(url), name]));
  return attachmentsOf(before).flatMap(({ url, name }) => {
    const id = attachmentIdOf(url);
    const isRenamed = id !== undefined && namesAfter.has(id) && namesAfter.get(id) !== name;
    return isRenamed ? [[id, name] as const] : [];
  });
}
