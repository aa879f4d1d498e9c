/** A person as work item fields name them (shape of the official examples, `IdentityRef`). */
export interface Identity {
  readonly id: string;
  readonly displayName: string;
  readonly uniqueName: string;
  readonly descriptor: string;
}

/** Value of a field. */
export type FieldValue = string | number | boolean | Identity;

/** Fields by reference name, such as `System.Title`. */
export type Fields = Readonly<Record<string, FieldValue>>;

/** One relation. Its `url` is kept relative to the base of the REST service, unless it leads elsewhere. */
export interface Relation {
  readonly rel: string;
  readonly url: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/** Format of a long text (`LargeTextCustomHtmlFormat`, `CommentFormat`). */
export type TextFormat = 'html' | 'markdown';

/** Comment on a work item. It cannot be changed or deleted. */
export interface WorkItemComment {
  readonly id: number;
  readonly text: string;
  readonly format: TextFormat;
  readonly by: Identity;
  /** ISO time. */
  readonly date: string;
  /** Revision of the work item that it came with. */
  readonly rev: number;
}

/** State of a work item. It is immutable, so a revision is a reference to a state. */
export interface WorkItem {
  readonly id: number;
  readonly rev: number;
  readonly fields: Fields;
  readonly relations: readonly Relation[];
  /** Names of the long texts in Markdown; the others are HTML. */
  readonly markdownFields: readonly string[];
  /** In the order of their ids. */
  readonly comments: readonly WorkItemComment[];
}

/** Entry of the history: the states before and after. */
export interface WorkItemUpdate {
  readonly id: number;
  readonly by: Identity;
  readonly date: string;
  readonly before: WorkItem | null;
  readonly after: WorkItem;
}

/** The relation type of an attachment (REST reference D.1). */
export const attachedFile = 'AttachedFile';

/** Whether a relation leads to another work item; such links stand first and do not bump `rev` (REST reference D.4). */
export function isWorkItemLink(relation: Relation): boolean {
  return relation.rel.startsWith('System.LinkTypes.');
}

/** Whether a change makes a new revision: changes of links to other work items do not (REST reference D.4). */
export function bumpsRevision(before: WorkItem, after: WorkItem): boolean {
  if (before.fields !== after.fields || before.comments !== after.comments) return true;
  const own = before.relations.filter((relation) => !isWorkItemLink(relation));
  const ownAfter = after.relations.filter((relation) => !isWorkItemLink(relation));
  return own.length !== ownAfter.length || own.some((relation, index) => relation !== ownAfter[index]);
}

/** The GUID in an attachment's address, whichever of its forms is used; `null` if there is none. */
export function attachmentIdIn(url: string): string | null {
  return (
    /_apis\/wit\/attachments\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i.exec(url)?.[1]?.toLowerCase() ??
    null
  );
}

/** The id in a work item's address; `null` if there is none. */
export function workItemIdIn(url: string): number | null {
  const id = /_apis\/wit\/workitems\/(\d+)/i.exec(url)?.[1];
  return id === undefined ? null : Number(id);
}
