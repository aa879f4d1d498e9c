import { isSameLink, linkTo, linkTypeNamed } from './link-types';
import { project } from './fabrikam';
import { malformed, noSuchAttachment, noSuchWorkItem, relationExists } from './refusals';
import type { Assumptions, EmulatorMode } from '../contract';
import type { Attachment } from './attachment';
import type { Clock } from './clock';
import { attachedFile, attachmentIdIn, workItemIdIn, type Relation, type WorkItem } from './work-item';

/** The end of time, as a live relation has it (REST reference D.2). */
export const endOfTime = '9999-01-01T00:00:00Z';

/** Members of the store for `readRelation`. */
export interface RelationStore {
  readonly mode: EmulatorMode;
  readonly assumptions: Pick<Assumptions, 'nameInRelation'>;
  readonly clock: Pick<Clock, 'now'>;
  attachment(id: string): Attachment | undefined;
  /** Whether an attachment is unknown or purged. */
  isGone(attachmentId: string): boolean;
  has(workItemId: number): boolean;
  nextRelationId(): number;
}

type Value = { rel?: unknown; url?: unknown; attributes?: Record<string, unknown> | null };

/** Reads the value of an `add` on `/relations/-` (REST reference D.1 and D.2); throws the refusal. */
export function readRelation(store: RelationStore, value: unknown, item: WorkItem): Relation {
  const { rel, url, attributes } = (value ?? {}) as Value;
  if (typeof rel !== 'string' || typeof url !== 'string') {
    throw malformed('A relation must have "rel" and "url".');
  }
  const relation = relationOf(store, rel, url, attributes ?? {});
  if (item.relations.some((other) => isSameLink(other, relation))) throw relationExists(store.mode);
  return relation;
}

/** Relation of an attachment, including the attributes added by the service. */
export function attachmentRelation(
  store: RelationStore,
  attachmentId: string,
  given: { name?: string; comment?: string; resourceSize?: number },
  date = store.clock.now,
): Relation {
  const attachment = store.attachment(attachmentId);
  // Assumed: the status. An incomplete chunked upload counts as missing.
  if (attachment === undefined) throw noSuchAttachment(attachmentId, 400);
  const name = store.assumptions.nameInRelation === 'kept' ? given.name : undefined;
  return {
    rel: attachedFile,
    url: `${project.id}/_apis/wit/attachments/${attachment.id}`,
    attributes: {
      ...resourceAttributes(store, attachment.createdDate, date),
      ...(given.comment !== undefined && { comment: given.comment }),
      // Assumed: an attachment without a name has its id as name.
      name: name ?? attachment.fileName ?? attachment.id,
      ...(given.resourceSize !== undefined && { resourceSize: given.resourceSize }),
    },
  };
}

/** Attributes added by the service to attachments and hyperlinks (the official examples). */
function resourceAttributes(store: RelationStore, createdDate: string, date: string): Relation['attributes'] {
  return {
    authorizedDate: date,
    id: store.nextRelationId(),
    resourceCreatedDate: createdDate,
    resourceModifiedDate: createdDate,
    revisedDate: endOfTime,
  };
}

function relationOf(
  store: RelationStore,
  rel: string,
  url: string,
  attributes: Record<string, unknown>,
): Relation {
  const comment = text(attributes['comment']);
  if (rel === attachedFile) return attachmentOf(store, url, attributes);
  if (rel === 'Hyperlink') {
    const { now } = store.clock;
    const attributes = { ...resourceAttributes(store, now, now), ...(comment !== undefined && { comment }) };
    return { rel, url, attributes };
  }
  const linkType = linkTypeNamed(rel);
  if (linkType === undefined) throw malformed(`The relation type "${rel}" is not known.`);
  const id = workItemIdIn(url);
  if (id === null) throw malformed(`The url "${url}" does not lead to a work item.`);
  if (!store.has(id)) throw noSuchWorkItem(id);
  return linkTo(id, linkType, comment);
}

function attachmentOf(store: RelationStore, url: string, attributes: Record<string, unknown>): Relation {
  const id = attachmentIdIn(url);
  if (id === null) throw malformed(`The url "${url}" does not lead to an attachment.`);
  if (store.isGone(id)) throw noSuchAttachment(id, 400);
  const name = text(attributes['name']);
  const comment = text(attributes['comment']);
  const size = attributes['resourceSize'];
  return attachmentRelation(store, id, {
    ...(name && { name }),
    ...(comment !== undefined && { comment }),
    ...(typeof size === 'number' && { resourceSize: size }),
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
