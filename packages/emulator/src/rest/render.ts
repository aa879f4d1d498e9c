import { calculatedField, expandedFields } from './calculated-fields';
import { project } from './fabrikam';
import { endOfTime } from './relation-values';
import {
  type FieldValue,
  type Identity,
  type Relation,
  type WorkItem,
  type WorkItemUpdate,
} from './work-item';

/** Values of `$expand` on work items. */
export const expansions = ['none', 'relations', 'fields', 'links', 'all'] as const;

/** Contents of a work item answer. */
export interface Shape {
  readonly baseUrl: string;
  readonly relations: boolean;
  readonly links: boolean;
  /** Includes calculated fields. */
  readonly allFields: boolean;
  /** Included fields; `null` for all stored ones. */
  readonly fields: readonly string[] | null;
  /** Fields with a format; `null` for an answer without `multilineFieldsFormat`. */
  readonly formatted: ReadonlySet<string> | null;
}

type Json = Record<string, unknown>;

/** A work item as the service answers it (the official examples in `openapi/httpExamples`). */
export function workItemJson(item: WorkItem, shape: Shape): Json {
  const url = new URL(`_apis/wit/workItems/${item.id}`, shape.baseUrl).href;
  const relations = item.relations.map((relation) => relationJson(relation, shape.baseUrl));
  return {
    id: item.id,
    rev: item.rev,
    fields: fieldsJson(item, shape),
    ...(shape.fields === null && commentRefJson(item, shape.baseUrl)),
    ...(shape.formatted && formatsJson(item, shape.formatted, shape.fields)),
    ...(shape.relations && relations.length > 0 && { relations }),
    ...(shape.links && { _links: linksJson(item, url, shape.baseUrl) }),
    url,
  };
}

/** One revision; its address names it. */
export function revisionJson(item: WorkItem, shape: Shape): Json {
  return { ...workItemJson(item, shape), url: workItemUrl(item.id, shape.baseUrl, `revisions/${item.rev}`) };
}

/** Entry of the history; `next` follows it and ends its validity. */
export function updateJson(update: WorkItemUpdate, next: WorkItemUpdate | undefined, baseUrl: string): Json {
  const { before, after } = update;
  const fields = fieldChanges(before, after, baseUrl);
  const relations = relationChanges(before?.relations ?? [], after.relations, baseUrl);
  return {
    id: update.id,
    workItemId: after.id,
    rev: after.rev,
    revisedBy: identityJson(update.by, baseUrl),
    revisedDate: next?.date ?? endOfTime,
    ...(Object.keys(fields).length > 0 && { fields }),
    ...(Object.keys(relations).length > 0 && { relations }),
    url: workItemUrl(after.id, baseUrl, `updates/${update.id}`),
  };
}

/** A person as fields and answers name them. */
export function identityJson(person: Identity, baseUrl: string): Json {
  const imageUrl = new URL(`_apis/GraphProfile/MemberAvatars/${person.descriptor}`, baseUrl).href;
  return {
    displayName: person.displayName,
    url: new URL(`_apis/Identities/${person.id}`, baseUrl).href,
    _links: { avatar: { href: imageUrl } },
    id: person.id,
    uniqueName: person.uniqueName,
    imageUrl,
    descriptor: person.descriptor,
  };
}

function fieldsJson(item: WorkItem, shape: Shape): Json {
  const expanded = shape.allFields ? expandedFields : [];
  const names = shape.fields ?? [...Object.keys(item.fields), ...expanded];
  const entries = names.flatMap((name) => {
    const value = item.fields[name] ?? calculatedField(item, name);
    return value === undefined ? [] : [[name, valueJson(value, shape.baseUrl)] as const];
  });
  return Object.fromEntries(entries);
}

/** The comment that the revision came with. */
function commentRefJson({ id, rev, comments }: WorkItem, baseUrl: string): Json {
  const comment = comments.find((one) => one.rev === rev);
  if (comment === undefined) return {};
  const version = 1;
  const path = `${project.id}/_apis/wit/workItems/${id}/comments/${comment.id}/versions/${version}`;
  return { commentVersionRef: { commentId: comment.id, version, url: new URL(path, baseUrl).href } };
}

/** Observed: an empty map if the answer has named fields only. Assumed: no map without a long text. */
function formatsJson(item: WorkItem, formatted: ReadonlySet<string>, named: Shape['fields']): Json {
  if (named !== null) return { multilineFieldsFormat: {} };
  const formats = Object.keys(item.fields)
    .filter((name) => formatted.has(name))
    .map((name) => [name, item.markdownFields.includes(name) ? 'markdown' : 'html'] as const);
  return formats.length > 0 ? { multilineFieldsFormat: Object.fromEntries(formats) } : {};
}

function relationJson(relation: Relation, baseUrl: string): Json {
  return { rel: relation.rel, url: new URL(relation.url, baseUrl).href, attributes: relation.attributes };
}

function valueJson(value: FieldValue | undefined, baseUrl: string): unknown {
  return typeof value === 'object' ? identityJson(value, baseUrl) : value;
}

function fieldChanges(before: WorkItem | null, after: WorkItem, baseUrl: string): Json {
  const names = new Set([...Object.keys(before?.fields ?? {}), ...Object.keys(after.fields)]);
  const changed = [...names].filter((name) => before?.fields[name] !== after.fields[name]);
  return Object.fromEntries(
    changed.map((name) => [
      name,
      {
        oldValue: valueJson(before?.fields[name], baseUrl),
        newValue: valueJson(after.fields[name], baseUrl),
      },
    ]),
  );
}

function relationChanges(before: readonly Relation[], after: readonly Relation[], baseUrl: string): Json {
  // Most updates of a long history leave hundreds of relations as they are.
  if (before === after) return {};
  const endsBefore = new Set(before.map(endOf));
  const endsAfter = new Set(after.map(endOf));
  const unchanged = new Set(before);
  const groups = {
    added: after.filter((relation) => !endsBefore.has(endOf(relation))),
    removed: before.filter((relation) => !endsAfter.has(endOf(relation))),
    updated: after.filter((relation) => endsBefore.has(endOf(relation)) && !unchanged.has(relation)),
  };
  const present = Object.entries(groups).filter(([, relations]) => relations.length > 0);
  return Object.fromEntries(
    present.map(([name, relations]) => [name, relations.map((relation) => relationJson(relation, baseUrl))]),
  );
}

/** Identifies the other end of a relation. */
function endOf({ rel, url, attributes }: Relation): string {
  return [rel, url, String(attributes['id'])].join(' ');
}

function linksJson(item: WorkItem, url: string, baseUrl: string): Json {
  const type = encodeURIComponent(item.fields['System.WorkItemType'] as string);
  return {
    self: { href: url },
    workItemUpdates: { href: `${url}/updates` },
    workItemRevisions: { href: `${url}/revisions` },
    workItemHistory: { href: `${url}/history` },
    html: { href: new URL(`${project.name}/_workitems/edit/${item.id}`, baseUrl).href },
    workItemType: { href: new URL(`${project.id}/_apis/wit/workItemTypes/${type}`, baseUrl).href },
    fields: { href: new URL('_apis/wit/fields', baseUrl).href },
  };
}

function workItemUrl(id: number, baseUrl: string, rest: string): string {
  return new URL(`_apis/wit/workItems/${id}/${rest}`, baseUrl).href;
}
