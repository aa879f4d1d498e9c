/** Stored bytes on the server: result of an upload and target of a relation. */
export interface AttachmentReference {
  /** GUID of the attachment, lower case. */
  readonly id: string;
  /** Absolute URL as sent by the server, possibly with `?fileName=`. */
  readonly url: string;
}

/** A reference with the attributes of its relation. */
export interface LinkableAttachment {
  readonly reference: AttachmentReference;
  readonly name: string;
  /** At most 255 characters (REST reference D.1); may be empty. */
  readonly comment: string;
  /** Size in bytes. */
  readonly size: number;
  /** Set for a volume: key of its split file. Volumes with one key are linked by one patch, or none is. */
  readonly splitKey?: string | undefined;
}

/** An attachment of a work item. */
export interface AttachmentOfItem {
  readonly workItemId: number;
  readonly attachmentId: AttachmentReference['id'];
}

/** In UTF-16 units (REST reference D.1). */
export const MAX_COMMENT_LENGTH = 255;

/** Limit of Azure DevOps Services (REST reference D.6, `VS403313`). None is documented for Azure DevOps Server. */
export const MAX_ATTACHMENTS_PER_WORK_ITEM = 100;

/**
 * Maximum size of an attachment in Azure DevOps Services, in bytes (REST reference A.5, `TF237082`): "60 MB". If a
 * megabyte has 10⁶ bytes, the limit is 5 % lower, and a refusal names it.
 */
export const MAX_FILE_BYTES = 60 * 2 ** 20;

const ATTACHMENT =
  /\/_apis\/wit\/attachments\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/?$/i;

/** Azure DevOps stores ids of work items in 32 bits. */
const MAX_WORK_ITEM_ID = 2 ** 31 - 1;

/** Whether a number is a possible id of a work item. */
export function isWorkItemId(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MAX_WORK_ITEM_ID;
}

/**
 * Returns the attachment's GUID from its URL, in lower case, or `undefined` for any other URL. Compare GUIDs instead of
 * URLs: the server rewrites relation URLs, sometimes with the project's GUID in front (REST reference, fact 6).
 */
export function attachmentIdOf(url: string): string | undefined {
  const path = url.split(/[?#]/)[0] ?? '';
  return ATTACHMENT.exec(path)?.[1]?.toLowerCase();
}

/** Identity of a user. Unknown members are empty. */
export interface Person {
  readonly id: string;
  /** `aad.…`; empty on Azure DevOps Server. */
  readonly descriptor: string;
}

/** An unidentified user. */
export const UNKNOWN_PERSON: Person = { id: '', descriptor: '' };

/** Whether both may be the same person; unknown members match any value. */
export function canBeSame(a: Person, b: Person): boolean {
  // The descriptors of the SDK and of REST are not known to be equal.
  if (a.id && a.id === b.id) return true;
  if (a.descriptor && b.descriptor) return a.descriptor === b.descriptor;
  return !a.id || !b.id;
}

/** A work item with the fields used by Stapler. Unknown text fields are empty. */
export interface WorkItem {
  readonly id: number;
  /** Revision, 1-based. Adding or removing an attachment increments it. */
  readonly revision: number;
  /** `Bug`, `User Story`. */
  readonly type: string;
  readonly title: string;
  /** `Active`, `Closed`. */
  readonly state: string;
  /** Name of its project. */
  readonly project: string;
  /** GUID of its project, lower case; empty if the server does not tell. */
  readonly projectId: string;
  /** Area path; permissions depend on it. */
  readonly area: string;
  /** Time of the first save by the server's clock, in milliseconds since the epoch; `NaN` if unknown. */
  readonly createdAt: number;
  readonly createdBy: Person;
  /** Author of the revision. */
  readonly changedBy: Person;
  readonly relations: readonly Relation[];
}

/** Entry in `relations` of a work item. */
export interface Relation {
  /** `AttachedFile` for an attachment. */
  readonly rel: string;
  readonly url: string;
  readonly name: string;
  /** Unchanged from the server: `comment`, `resourceSize`, dates. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Returns the relations of attachments, in their order. */
export function attachmentsOf(workItem: WorkItem): readonly Relation[] {
  return workItem.relations.filter(({ rel }) => rel === 'AttachedFile');
}

/** Target of an upload. */
export type LinkTarget =
  | { readonly kind: 'work-item'; readonly id: number }
  /** A new work item, without a number before its first save. */
  | { readonly kind: 'draft'; readonly draftId: string }
  /** The work items of a bulk plan. */
  | { readonly kind: 'plan'; readonly planId: string };

/** Target for a saved work item. */
export function workItemTarget(id: number): LinkTarget {
  return { kind: 'work-item', id };
}

/** Target for a new work item. */
export function draftTarget(draftId: string): LinkTarget {
  return { kind: 'draft', draftId };
}

/** Target for the work items of a plan. */
export function planTarget(planId: string): LinkTarget {
  return { kind: 'plan', planId };
}

/** Returns a unique key for a target. */
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

/** Whether both are the same target. */
export function sameTarget(a: LinkTarget, b: LinkTarget): boolean {
  return keyOfTarget(a) === keyOfTarget(b);
}
