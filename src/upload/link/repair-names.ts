import type { LinkableAttachment, WorkItem } from '../../azure/work-item';
import { attachmentIdOf } from '../../azure/work-item';
import { isStaplerError } from '../../base/errors';
import { isTransient } from '../../base/problem-traits';
import type { FrameServices } from '../frame-services';
import { setNamePatch } from './json-patch';
import type { LinkOutcome } from './link-attachments';
import { createListPatches } from './list-patches';

/** Compares the names on a work item with the requested ones, and returns the attachments with another name. */
export type FindMisnamed = (
  workItem: WorkItem,
  asked: readonly LinkableAttachment[],
) => readonly LinkableAttachment[];

/**
 * Repairs the names of linked attachments, in one revision. A link whose repair may succeed later has failed until
 * then; a server that refuses or ignores the new name keeps its own. Never rejects.
 */
export type RepairNames = (
  workItemId: number,
  attachments: readonly LinkableAttachment[],
  outcome: LinkOutcome,
) => Promise<LinkOutcome>;

/** See `RepairNames`. It holds the mutex of a work item during a change. */
export function createNameRepair(
  services: Pick<FrameServices, 'workItems' | 'mutex' | 'runtime' | 'capabilities' | 'getPerson'>,
  findMisnamed: FindMisnamed,
): RepairNames {
  const { updateWithRetry, changeAt } = createListPatches(services);

  function rename(workItemId: number, misnamed: readonly LinkableAttachment[]): Promise<WorkItem> {
    const names = new Map(misnamed.map(({ reference, name }) => [reference.id, name]));
    return updateWithRetry(workItemId, async (before) => {
      const wrong = before.relations.flatMap(({ url, name }, index) => {
        const wanted = names.get(attachmentIdOf(url) ?? '');
        return wanted === undefined || wanted === name ? [] : [{ index, wanted }];
      });
      if (wrong.length === 0) return { done: before };
      const changes = wrong.map(({ index, wanted }) => setNamePatch(index, wanted));
      const indexes = wrong.map(({ index }) => index);
      const { after, error } = await changeAt(before, indexes, changes);
      return error ? { error } : { done: after };
    });
  }

  return async (workItemId, attachments, outcome) => {
    const { workItem, failures } = outcome;
    const linked = attachments.filter(({ reference }) => !failures.has(reference.id));
    const misnamed = workItem ? findMisnamed(workItem, linked) : [];
    if (misnamed.length === 0) return outcome;
    try {
      const repaired = await services.mutex.lock(workItemId, () => rename(workItemId, misnamed));
      return { workItem: repaired, failures };
    } catch (error) {
      if (!isStaplerError(error) || !isTransient({ ...error.facts, kind: error.kind })) return outcome;
      const failed = misnamed.map(({ reference }) => [reference.id, error] as const);
      return { workItem, failures: new Map([...failures, ...failed]) };
    }
  };
}
