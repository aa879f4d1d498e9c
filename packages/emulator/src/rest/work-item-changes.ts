import { historyField, readComment, withComment } from './comments';
import { jamal, people } from './fabrikam';
import { applyPatch, type PatchOperation, type PatchWorld } from './json-patch';
import { linksFirst } from './link-types';
import {
  commentTooLong,
  malformed,
  readOnlyWorkItem,
  requiredFieldEmpty,
  tooManyAttachments,
  tooManyLinks,
  tooManyRevisions,
} from './refusals';
import { readRelation } from './relation-values';
import type { Store } from './store';
import { checkFormats, withFormat } from './text-formats';
import { attachedFile, bumpsRevision, type FieldValue, type WorkItem } from './work-item';

/** How a change is made (REST reference D.5). */
export interface ChangeOptions {
  /** Only whether it could be. */
  readonly validateOnly: boolean;
  /** Without the rules of the work item type; its limits hold all the same. */
  readonly bypassRules: boolean;
  readonly baseUrl: string;
}

/** Changes a work item. */
export function updateWorkItem(
  store: Store,
  id: number,
  operations: readonly PatchOperation[],
  options: ChangeOptions,
): WorkItem {
  const before = store.readable(id);
  if (store.readOnlyIds.has(id)) throw readOnlyWorkItem();
  const next = patched(store, before, operations, options);
  return options.validateOnly ? next : store.save(next);
}

/** Creates a work item. */
export function createWorkItem(
  store: Store,
  type: string,
  operations: readonly PatchOperation[],
  options: ChangeOptions,
): WorkItem {
  const id = store.nextWorkItemId();
  const empty: WorkItem = { id, rev: 0, fields: {}, relations: [], markdownFields: [], comments: [] };
  const next = patched(store, empty, operations, options);
  if (options.validateOnly) return next;
  return store.create({ ...next, type });
}

function patched(
  store: Store,
  before: WorkItem,
  operations: readonly PatchOperation[],
  { baseUrl, bypassRules }: ChangeOptions,
): WorkItem {
  const world: PatchWorld = {
    relation: (value, item) => readRelation(store, value, item),
    fieldValue,
    absoluteUrl: (relation) => new URL(relation.url, baseUrl).href,
    canTestUrl: store.assumptions.relationUrlTest === 'allow',
    nameChange: store.assumptions.nameChange,
    // Only Services has Markdown.
    ...(store.mode === 'services' && {
      format: (item, field, value) => withFormat(store, item, field, value),
    }),
  };
  const next = withOwnComment(store, before, applyPatch(before, operations, world), operations);
  checkFormats(before, next, operations);
  if (!bypassRules) checkRules(store, next);
  checkLimits(store, before, next);
  return next.relations === before.relations ? next : { ...next, relations: linksFirst(next.relations) };
}

/** A comment belongs to the revision it came with, so a revision without one of its own has none. */
function withOwnComment(
  store: Store,
  before: WorkItem,
  after: WorkItem,
  operations: readonly PatchOperation[],
): WorkItem {
  const isComment = ({ op, path }: PatchOperation) => op !== 'test' && path === `/fields/${historyField}`;
  const own = operations.filter(isComment).at(-1);
  const comment = own && readComment(store, own.value);
  if (comment) return withComment(store, after, comment, { by: jamal, date: store.clock.now });
  const { [historyField]: old, ...fields } = after.fields;
  return own || old === undefined || !bumpsRevision(before, after) ? after : { ...after, fields };
}

function checkRules(store: Store, item: WorkItem): void {
  const missing = [...store.requiredFields].find((name) => item.fields[name] === undefined);
  if (missing !== undefined) throw requiredFieldEmpty(missing);
}

/** Refuses a change beyond the limits of the service. */
export function checkLimits(store: Store, before: WorkItem, item: WorkItem): void {
  const { maxAttachmentsPerItem, maxRelationsPerItem, maxRevisions, maxCommentLength } = store.limits;
  const attachments = item.relations.filter(({ rel }) => rel === attachedFile).length;
  if (attachments > maxAttachmentsPerItem) throw tooManyAttachments(item.id, maxAttachmentsPerItem);
  if (item.relations.length > maxRelationsPerItem) throw tooManyLinks(item.id, maxRelationsPerItem);
  if (before.rev >= maxRevisions && bumpsRevision(before, item)) {
    throw tooManyRevisions(item.id, before.rev, maxRevisions);
  }
  for (const relation of item.relations.filter((other) => !before.relations.includes(other))) {
    const { length } = String(relation.attributes['comment'] ?? '');
    if (length > maxCommentLength) throw commentTooLong(length, maxCommentLength);
  }
}

function fieldValue(name: string, value: unknown): FieldValue {
  if (typeof value === 'string')
    return name.endsWith('By') || name.endsWith('AssignedTo') ? personNamed(value) : value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const { uniqueName, text } = (value ?? {}) as { uniqueName?: unknown; text?: unknown };
  if (name === historyField && typeof text === 'string') return text;
  if (typeof uniqueName === 'string') return personNamed(uniqueName);
  throw malformed(`The value of the field ${name} is not valid.`);
}

/** Assumed: an unknown name is kept as it is. */
function personNamed(name: string): FieldValue {
  return people.find((person) => person.displayName === name || name.includes(person.uniqueName)) ?? name;
}
