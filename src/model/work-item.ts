import type { Person } from './person';

/** A work item as far as Stapler looks at it. */
export interface WorkItem {
  readonly id: number;
  /** Revision, 1-based; an attachment that is added or removed raises it. */
  readonly revision: number;
  /** `Bug`, `User Story`; empty where the server did not say. */
  readonly type: string;
  /** Empty where the server did not say; so are the next two. */
  readonly title: string;
  /** `Active`, `Closed`. */
  readonly state: string;
  /** Name of the project that it is in. */
  readonly project: string;
  /** Its first save by the server's clock, in milliseconds since the epoch; `NaN` where the server did not say. */
  readonly createdAt: number;
  readonly createdBy: Person;
  readonly relations: readonly Relation[];
}

/** One entry of a work item's `relations`. */
export interface Relation {
  /** `AttachedFile` for an attachment. */
  readonly rel: string;
  readonly url: string;
  readonly name: string;
  /** Everything that the server says of it, as it came: `comment`, `resourceSize`, dates. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The relations that are attachments, in their order. */
export function attachmentsOf(workItem: WorkItem): readonly Relation[] {
  return workItem.relations.filter(({ rel }) => rel === 'AttachedFile');
}

/** Where attachments go: a work item, or a new one that has no number before its first save. */
export type LinkTarget =
  { readonly kind: 'work-item'; readonly id: number } | { readonly kind: 'draft'; readonly draftId: string };

/** The target for a saved work item. */
export function workItemTarget(id: number): LinkTarget {
  return { kind: 'work-item', id };
}

/** The target for a new one. */
export function draftTarget(draftId: string): LinkTarget {
  return { kind: 'draft', draftId };
}

/** Whether both name the same work item or the same draft. */
export function sameTarget(a: LinkTarget, b: LinkTarget): boolean {
  if (a.kind === 'work-item') return b.kind === 'work-item' && a.id === b.id;
  return b.kind === 'draft' && a.draftId === b.draftId;
}
