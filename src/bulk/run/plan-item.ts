import { attachmentIdOf } from '../../azure/attachment';
import type { Problem } from '../../base/errors';
import type { Relation, WorkItem } from '../../azure/work-item';
import { attachmentsOf } from '../../azure/work-item';
import type { PlanItem } from '../plan/plan';

/** A work item as a plan looks at it. */
export function planItemOf(workItem: WorkItem): PlanItem {
  const { id, title, type, state, project, area, revision, relations } = workItem;
  return {
    ...{ id, title, type, state, project, area, revision },
    attachments: attachmentsOf(workItem).flatMap(planAttachmentOf),
    relationCount: relations.length,
    problem: undefined,
  };
}

/** One of which nothing is known but that it could not be read. */
export function unreadItem(id: number, problem: Problem): PlanItem {
  return { id, title: '', type: '', state: '', project: '', revision: 0, attachments: [], problem };
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
