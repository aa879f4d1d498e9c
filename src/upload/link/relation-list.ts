import type { AttachmentReference, LinkableAttachment, Relation, WorkItem } from '../../azure/work-item';
import { attachmentIdOf } from '../../azure/work-item';

/** Key of a relation within its work item. The server rewrites URLs, but not the GUID of an attachment. */
export function keyOf({ rel, url }: Relation): string {
  return `${rel} ${attachmentIdOf(url) ?? url}`;
}

/** Whether both have the same revision and the same relations in the same order. */
export function isSameList(a: WorkItem, b: WorkItem): boolean {
  return a.revision === b.revision && a.relations.map(keyOf).join('\n') === b.relations.map(keyOf).join('\n');
}

/** Indexes of the attachments with `ids`, 0-based and ascending. Skips missing ones. */
export function indexesOf(workItem: WorkItem, ids: readonly AttachmentReference['id'][]): readonly number[] {
  const wanted = new Set(ids);
  return workItem.relations.flatMap(({ rel, url }, index) => {
    const id = rel === 'AttachedFile' ? attachmentIdOf(url) : undefined;
    return id !== undefined && wanted.has(id) ? [index] : [];
  });
}

/** Converts the relation of an attachment for another link. */
export function linkableOf({ url, name, attributes }: Relation): LinkableAttachment {
  const { resourceSize } = attributes;
  return {
    reference: { id: attachmentIdOf(url) ?? '', url },
    name,
    comment: relationComment({ attributes }),
    size: typeof resourceSize === 'number' ? resourceSize : 0,
  };
}

/** Comment of a relation, or an empty string. */
export function relationComment({ attributes }: Pick<Relation, 'attributes'>): string {
  const { comment } = attributes;
  return typeof comment === 'string' ? comment : '';
}

/** Relations removed by mistake. */
export interface CollateralRemovals {
  readonly relations: readonly Relation[];
  /** Number of removed relations missing from the last read. */
  readonly unseen: number;
}

/**
 * Finds relations removed by mistake: as many as there are relations of `meant` left after their removal. Attachments
 * and hyperlinks come first: another client cannot have removed them, since that changes the revision, and the patch
 * tested it. Another client may have removed a link between work items.
 */
export function collateralRemovals(
  before: WorkItem,
  after: WorkItem,
  meant: readonly Relation[],
): CollateralRemovals {
  const there = new Set(after.relations.map(keyOf));
  const hits = meant.filter((relation) => there.has(keyOf(relation))).length;
  if (hits === 0) return { relations: [], unseen: 0 };
  const own = new Set(meant.map(keyOf));
  const gone = before.relations.filter(
    (relation) => !own.has(keyOf(relation)) && !there.has(keyOf(relation)),
  );
  const isCounted = ({ rel }: Relation): boolean => rel === 'AttachedFile' || rel === 'Hyperlink';
  const relations = [...gone.filter(isCounted), ...gone.filter((each) => !isCounted(each))].slice(0, hits);
  return { relations, unseen: hits - relations.length };
}
