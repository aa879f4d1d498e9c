import type { AttachmentReference, LinkableAttachment } from '../../azure/attachment';
import { attachmentIdOf } from '../../azure/attachment';
import type { Relation, WorkItem } from '../../azure/work-item';

/** Names a relation among those of one work item: the server rewrites addresses, but not the GUID of an attachment. */
export function keyOf({ rel, url }: Relation): string {
  return `${rel} ${attachmentIdOf(url) ?? url}`;
}

/** Whether both show the same relations in the same places, in the same revision. */
export function isSameList(a: WorkItem, b: WorkItem): boolean {
  return a.revision === b.revision && a.relations.map(keyOf).join('\n') === b.relations.map(keyOf).join('\n');
}

/** Where the attachments of these GUIDs stand in the list, 0-based and ascending; those that are not there are left out. */
export function indexesOf(workItem: WorkItem, ids: readonly AttachmentReference['id'][]): readonly number[] {
  const wanted = new Set(ids);
  return workItem.relations.flatMap(({ rel, url }, index) => {
    const id = rel === 'AttachedFile' ? attachmentIdOf(url) : undefined;
    return id !== undefined && wanted.has(id) ? [index] : [];
  });
}

/** What it takes to link a relation's attachment once more. */
export function linkableOf({ url, name, attributes }: Relation): LinkableAttachment {
  const { resourceSize } = attributes;
  return {
    reference: { id: attachmentIdOf(url) ?? '', url },
    name,
    comment: relationComment({ attributes }),
    size: typeof resourceSize === 'number' ? resourceSize : 0,
  };
}

/** The comment of a relation; empty where it has none. */
export function relationComment({ attributes }: Pick<Relation, 'attributes'>): string {
  const { comment } = attributes;
  return typeof comment === 'string' ? comment : '';
}

/** Relations that a removal hit in place of those it was meant for. */
export interface CollateralRemovals {
  readonly relations: readonly Relation[];
  /** How many more it hit that no read has shown. */
  readonly unseen: number;
}

/**
 * What went in place of `meant` in a patch that removed as many relations: of those that are gone, the ones that
 * nobody could remove without a new revision come first, since the patch tested the revision; a link may have been
 * somebody else's to remove.
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
