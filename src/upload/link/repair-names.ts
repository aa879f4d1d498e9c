import type { LinkableAttachment, WorkItem } from '../../azure/work-item';
import { toProblem } from '../../base/errors';
import { loadModule } from '../../base/load-module';
import { isSignedOut, isTransient } from '../../base/problem-traits';
import type { Linker, LinkOutcome } from './link-attachments';
import type { RenameServices } from './rename-attachments';

/** Compares the names on a work item with the requested ones, and returns the attachments with another name. */
export type FindMisnamed = (
  workItem: WorkItem,
  asked: readonly LinkableAttachment[],
) => readonly LinkableAttachment[];

/**
 * Repairs the names of linked attachments, in one revision. A link whose repair may succeed later has failed until
 * then; a server that refuses or ignores any new name keeps its own. Never rejects.
 */
export type RepairNames = (
  workItemId: number,
  attachments: readonly LinkableAttachment[],
  outcome: LinkOutcome,
) => Promise<LinkOutcome>;

/** Adds the repair of names to a linker. */
export function withNameRepair(
  { link }: Pick<Linker, 'link'>,
  repairNames: RepairNames,
): Pick<Linker, 'link'> {
  return { link: async (id, attachments) => repairNames(id, attachments, await link(id, attachments)) };
}

/**
 * See `RepairNames`. It holds the mutex of a work item during a change. The code to rename is loaded when a name is
 * wrong for the first time.
 */
export function createNameRepair(services: RenameServices, findMisnamed: FindMisnamed): RepairNames {
  async function rename(workItemId: number, misnamed: readonly LinkableAttachment[]): Promise<WorkItem> {
    const { renameAttachments } = await loadModule(
      () => import(/* webpackChunkName: "rename" */ './rename-attachments'),
    );
    return renameAttachments(services, workItemId, misnamed);
  }

  return async (workItemId, attachments, outcome) => {
    const { workItem, failures } = outcome;
    const linked = attachments.filter(({ reference }) => !failures.has(reference.id));
    const misnamed = workItem ? findMisnamed(workItem, linked) : [];
    if (misnamed.length === 0) return outcome;
    try {
      return { workItem: await rename(workItemId, misnamed), failures };
    } catch (error) {
      const problem = toProblem(error);
      if (!isTransient(problem) && !isSignedOut(problem)) return outcome;
      const failed = misnamed.map(({ reference }) => [reference.id, error] as const);
      return { workItem, failures: new Map([...failures, ...failed]) };
    }
  };
}
