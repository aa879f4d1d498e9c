import type { Assumptions } from '../contract';
import type { Attachment } from './attachment';
import { attachedFile, type Relation, type WorkItem, type WorkItemUpdate } from './work-item';

const dayMs = 86_400_000;

/** A removed attachment is kept for so long (Microsoft's page about attachments). */
const keptAfterRemovalMs = 28 * dayMs;

/** An attachment that was never linked is kept for so long (REST reference G). */
const keptUnlinkedMs = 30 * dayMs;

/** Members of the store for `isPurged`. */
export interface PurgeWorld {
  readonly assumptions: Pick<
    Assumptions,
    'relinkStopsPurge' | 'secondLinkStopsPurge' | 'inlineAloneIsPurged'
  >;
  /** Present time, in milliseconds since the epoch. */
  readonly time: number;
  readonly workItems: readonly WorkItem[];
  /** History of all work items, in any order. */
  readonly updates: readonly WorkItemUpdate[];
  /** History of the deleted work items. */
  readonly deletedUpdates: readonly WorkItemUpdate[];
}

/** Whether the service has purged an attachment. Not cached, since patches and the clock change the answer. */
export function isPurged(attachment: Attachment, world: PurgeWorld): boolean {
  const { assumptions, time, workItems, updates, deletedUpdates } = world;
  if (time - Date.parse(attachment.createdDate) < keptAfterRemovalMs) return false;
  const isLinked = workItems.some(({ relations }) => countIn(relations, attachment.id) > 0);
  const [firstRemoval] = removalsOf(attachment.id, [...updates, ...deletedUpdates], 'not last');
  const isFirstDecisive = assumptions.secondLinkStopsPurge === 'no' && firstRemoval !== undefined;
  if (isFirstDecisive && time - firstRemoval >= keptAfterRemovalMs) return true;
  if (isLinked && assumptions.relinkStopsPurge === 'yes') return false;
  const removals = removalsOf(attachment.id, updates, 'last');
  if (removals.length === 0 && isLinked) return false;
  if (!isLinked && assumptions.inlineAloneIsPurged === 'no' && isInline(attachment.id, workItems))
    return false;
  if (removals.length === 0) return time - Date.parse(attachment.createdDate) >= keptUnlinkedMs;
  const decisive = assumptions.relinkStopsPurge === 'yes' ? removals.at(-1) : removals[0];
  return decisive !== undefined && time - decisive >= keptAfterRemovalMs;
}

/** Times at which an attachment lost its last relation, or one that was not the last, in ascending order. */
function removalsOf(id: string, updates: readonly WorkItemUpdate[], which: 'last' | 'not last'): number[] {
  const changes = updates
    .map(({ date, before, after }) => ({
      time: Date.parse(date),
      by: countIn(after.relations, id) - countIn(before?.relations ?? [], id),
    }))
    .filter(({ by }) => by !== 0)
    .sort((a, b) => a.time - b.time);
  let links = 0;
  return changes.flatMap(({ time, by }) => {
    links += by;
    if (which === 'not last') return by < 0 && links > 0 ? [time] : [];
    return links === 0 ? [time] : [];
  });
}

function countIn(relations: readonly Relation[], id: string): number {
  return relations.filter(({ rel, url }) => rel === attachedFile && url.endsWith(id)).length;
}

/** Whether a text or a comment of a work item names an attachment, as pasted pictures do. */
function isInline(id: string, workItems: readonly WorkItem[]): boolean {
  const names = (value: unknown) => typeof value === 'string' && value.toLowerCase().includes(id);
  return workItems.some(
    ({ fields, comments }) => Object.values(fields).some(names) || comments.some(({ text }) => names(text)),
  );
}
