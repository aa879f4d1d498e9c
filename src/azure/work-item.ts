import type { Person } from './person';

/** A work item as far as Stapler looks at it. */
export interface WorkItem {
  readonly id: number;
  /** Revision, 1-based; an attachment that is added or removed raises it. */
  readonly revision: number;
  /** `Bug`, `User Story`; empty where the server did not say. */
  readonly type: string;
  /** Empty where the server did not say; so are the next three. */
  readonly title: string;
  /** `Active`, `Closed`. */
  readonly state: string;
  /** Name of the project that it is in. */
  readonly project: string;
  /** Area path; who may change a work item follows from it. */
  readonly area: string;
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

/** Where attachments go. */
export type LinkTarget =
  | { readonly kind: 'work-item'; readonly id: number }
  /** A new work item, which has no number before its first save. */
  | { readonly kind: 'draft'; readonly draftId: string }
  /** As many work items as the plan says. */
  | { readonly kind: 'plan'; readonly planId: string };

/** The target for a saved work item. */
export function workItemTarget(id: number): LinkTarget {
  return { kind: 'work-item', id };
}

/** The target for a new one. */
export function draftTarget(draftId: string): LinkTarget {
  return { kind: 'draft', draftId };
}

/** The target for many. */
export function planTarget(planId: string): LinkTarget {
  return { kind: 'plan', planId };
}

/** What tells a target from all others. */
export function keyOfTarget(target: LinkTarget): string {
  switch (target.kind) {
    case 'work-item':
      return `work item ${target.id}`;
    case 'draft':
      return `draft ${target.draftId}`;
    case 'plan':
      return `plan ${target.planId}`;
  }
}

/** Whether both name the same. */
export function sameTarget(a: LinkTarget, b: LinkTarget): boolean {
  return keyOfTarget(a) === keyOfTarget(b);
}
