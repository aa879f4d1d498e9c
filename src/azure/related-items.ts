import type { WorkItem } from './work-item';

/** Relation of another work item to the open one. */
export type RelationKind = 'parent' | 'child' | 'related';

/** A work item linked from the open one. */
export interface RelatedItem {
  readonly workItemId: number;
  readonly kind: RelationKind;
}

/** Link types of every process, in display order (REST reference, relation types). */
const KIND_OF_LINK_TYPE: ReadonlyMap<string, RelationKind> = new Map([
  ['System.LinkTypes.Hierarchy-Reverse', 'parent'],
  ['System.LinkTypes.Hierarchy-Forward', 'child'],
  ['System.LinkTypes.Related', 'related'],
]);

/** Returns parent, children and related work items, in this order and each once, without the work item itself. */
export function relatedItemsOf(workItem: Pick<WorkItem, 'id' | 'relations'>): readonly RelatedItem[] {
  const found = new Map<number, RelatedItem>();
  for (const [linkType, kind] of KIND_OF_LINK_TYPE) {
    for (const { rel, url } of workItem.relations) {
      const workItemId = Number(/\/workItems\/(\d+)$/i.exec(url)?.[1] ?? NaN);
      if (rel !== linkType || !(workItemId > 0) || workItemId === workItem.id) continue;
      if (!found.has(workItemId)) found.set(workItemId, { workItemId, kind });
    }
  }
  return [...found.values()];
}
