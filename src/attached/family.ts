import type { WorkItem } from '../model/work-item';

/** What another work item is to the one that is looked at. */
export type Kinship = 'parent' | 'child' | 'related';

/** Another work item that it links to. */
export interface Relative {
  readonly workItemId: number;
  readonly kinship: Kinship;
}

/** The link types that every process has, in the order in which people look for files (REST reference, relation types). */
const KINSHIP_OF: ReadonlyMap<string, Kinship> = new Map([
  ['System.LinkTypes.Hierarchy-Reverse', 'parent'],
  ['System.LinkTypes.Hierarchy-Forward', 'child'],
  ['System.LinkTypes.Related', 'related'],
]);

/** Parent, children and related work items, in this order and each once; itself is none of them. */
export function relativesOf(workItem: Pick<WorkItem, 'id' | 'relations'>): readonly Relative[] {
  const found = new Map<number, Relative>();
  for (const [linkType, kinship] of KINSHIP_OF) {
    for (const { rel, url } of workItem.relations) {
      const workItemId = Number(/\/workItems\/(\d+)$/i.exec(url)?.[1] ?? NaN);
      if (rel !== linkType || !(workItemId > 0) || workItemId === workItem.id) continue;
      if (!found.has(workItemId)) found.set(workItemId, { workItemId, kinship });
    }
  }
  return [...found.values()];
}
