import type { LinkableAttachment, WorkItem } from '../../azure/work-item';
import { attachmentIdOf } from '../../azure/work-item';
import type { FrameServices } from '../frame-services';
import { setNamePatch } from './json-patch';
import { createListPatches } from './list-patches';

/** Dependencies of `renameAttachments`. */
export type RenameServices = Pick<
  FrameServices,
  'workItems' | 'mutex' | 'runtime' | 'capabilities' | 'getPerson'
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
  return services.mutex.lock(workItemId, () =>
    updateWithRetry(workItemId, async (before) => {
      const wrong = before.relations.flatMap(({ url, name }, index) => {
        const wanted = names.get(attachmentIdOf(url) ?? '');
        return wanted === undefined || wanted === name ? [] : [{ index, wanted }];
      });
      if (wrong.length === 0) return { done: before };
      const changes = wrong.map(({ index, wanted }) => setNamePatch(index, wanted));
      const indexes = wrong.map(({ index }) => index);
      const { after, error } = await changeAt(before, indexes, changes);
      return error ? { error } : { done: after };
    }),
  );
}
