import { isWorkItemLink, workItemIdIn, type Relation, type WorkItem } from './work-item';

/** Each link type with the type of its other end. */
const oppositeOf: Readonly<Record<string, string>> = {
  'System.LinkTypes.Hierarchy-Forward': 'System.LinkTypes.Hierarchy-Reverse',
  'System.LinkTypes.Hierarchy-Reverse': 'System.LinkTypes.Hierarchy-Forward',
  'System.LinkTypes.Dependency-Forward': 'System.LinkTypes.Dependency-Reverse',
  'System.LinkTypes.Dependency-Reverse': 'System.LinkTypes.Dependency-Forward',
  'System.LinkTypes.Related': 'System.LinkTypes.Related',
};

/** Effect of a work item's change on the relations of another. */
export interface MirroredChange {
  readonly id: number;
  readonly relations: (other: WorkItem) => readonly Relation[];
}

/** The type as the service spells it, however the patch did; `undefined` for an unknown one. */
export function linkTypeNamed(rel: string): string | undefined {
  return Object.keys(oppositeOf).find((name) => name.toLowerCase() === rel.toLowerCase());
}

/** A link to a work item. */
export function linkTo(id: number, rel: string, comment?: string): Relation {
  const attributes = { isLocked: false, ...(comment && { comment }) };
  return { rel, url: `_apis/wit/workItems/${id}`, attributes };
}

/** Links first, then attachments and hyperlinks, each in their order (REST reference D.4). */
export function linksFirst(relations: readonly Relation[]): readonly Relation[] {
  const rest = relations.filter((relation) => !isWorkItemLink(relation));
  return [...relations.filter(isWorkItemLink), ...rest];
}

/** Returns the changes at the other ends of added or removed links. */
export function mirrorLinks(before: WorkItem, after: WorkItem): MirroredChange[] {
  const added = linksOnlyIn(after, before).map((link) =>
    change(link, (relations, mirrored) => [...relations, mirrored]),
  );
  const removed = linksOnlyIn(before, after).map((link) =>
    change(link, (relations, mirrored) => relations.filter((relation) => !isSameLink(relation, mirrored))),
  );
  return [...removed, ...added];

  function change(
    link: Relation,
    apply: (relations: readonly Relation[], mirrored: Relation) => readonly Relation[],
  ): MirroredChange {
    // The comment of a link stands at both of its ends, as the official examples show.
    const { comment } = link.attributes;
    const rel = oppositeOf[link.rel] ?? link.rel;
    const mirrored = linkTo(after.id, rel, typeof comment === 'string' ? comment : undefined);
    return {
      id: workItemIdIn(link.url) ?? 0,
      relations: (other) => linksFirst(apply(other.relations, mirrored)),
    };
  }
}

/** Whether two relations are one link. */
export function isSameLink(a: Relation, b: Relation): boolean {
  return a.rel === b.rel && a.url === b.url;
}

function linksOnlyIn(one: WorkItem, other: WorkItem): Relation[] {
  return one.relations.filter(
    (link) => isWorkItemLink(link) && !other.relations.some((relation) => isSameLink(link, relation)),
  );
}
