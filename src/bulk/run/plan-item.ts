import type { Relation, WorkItem } from '../../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import type { PlanItem } from '../plan/plan';

/**
 * Converts a work item to an item of a plan.
 *
 * @param attachmentLimit See `Host`.
 */
export function planItemOf(workItem: WorkItem, attachmentLimit: number): PlanItem {
  const { id, title, type, state, project, area, revision, relations } = workItem;
  return {
    ...{ id, title, type, state, project, area, revision },
    attachments: attachmentsOf(workItem).flatMap(planAttachmentOf),
    relationCount: relations.length,
    attachmentLimit,
    problem: undefined,
  };
}

/** Item of a plan for an unreadable work item. */
export function unreadItem(id: number, problem: Problem): PlanItem {
  const unknown = { title: '', type: '', state: '', project: '', revision: 0 };
  return { id, ...unknown, attachments: [], attachmentLimit: Infinity, problem };
}

function planAttachmentOf({ url, name, attributes }: Relation): PlanItem['attachments'] {
  const attachmentId = attachmentIdOf(url);
  if (attachmentId === undefined) return [];
  const { resourceSize, comment } = attributes;
  return [
    {
      attachmentId,
      name,
      size: Number(resourceSize ?? NaN),
      comment: typeof comment === 'string' ? comment : '',
    },
  ];
}
