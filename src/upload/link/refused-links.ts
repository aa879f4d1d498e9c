import type { LinkableAttachment, WorkItem } from '../../azure/work-item';
import { attachmentsOf, MAX_ATTACHMENTS_PER_WORK_ITEM } from '../../azure/work-item';
import type { StaplerError } from '../../base/errors';

/** Relations of one work item, attachments included (REST reference D.6). */
const MAX_RELATIONS_PER_WORK_ITEM = 1000;

/**
 * Returns the attachments that fit on a work item after a refusal of more.
 *
 * @param refusal `attachment-limit` or `link-limit`. It may name the limit.
 */
export function fittingInto(
  workItem: WorkItem,
  missing: readonly LinkableAttachment[],
  refusal: StaplerError,
): readonly LinkableAttachment[] {
  const room = roomIn(workItem, refusal);
  // The limit is lower than known.
  if (room >= missing.length) return missing;
  const fitting: LinkableAttachment[] = [];
  for (const unit of unitsOf(missing)) if (fitting.length + unit.length <= room) fitting.push(...unit);
  return fitting;
}

/** Divides attachments in two, to find a refused one; `undefined` if they need one patch. */
export function halvesOf(
  missing: readonly LinkableAttachment[],
): readonly (readonly LinkableAttachment[])[] | undefined {
  const units = unitsOf(missing);
  if (units.length < 2) return undefined;
  const middle = Math.ceil(units.length / 2);
  return [units.slice(0, middle).flat(), units.slice(middle).flat()];
}

/** Groups attachments by the patch that they need: the volumes of a split file together, any other one alone. */
function unitsOf(attachments: readonly LinkableAttachment[]): readonly (readonly LinkableAttachment[])[] {
  const units = new Map<string, LinkableAttachment[]>();
  for (const attachment of attachments) {
    const key = attachment.splitKey ?? attachment.reference.id;
    units.set(key, [...(units.get(key) ?? []), attachment]);
  }
  return [...units.values()];
}

/** Free places on a work item. */
function roomIn(workItem: WorkItem, { kind, facts }: StaplerError): number {
  const [limit, taken] =
    kind === 'attachment-limit'
      ? [MAX_ATTACHMENTS_PER_WORK_ITEM, attachmentsOf(workItem).length]
      : [MAX_RELATIONS_PER_WORK_ITEM, workItem.relations.length];
  return Math.max(0, (facts.limitCount ?? limit) - taken);
}
