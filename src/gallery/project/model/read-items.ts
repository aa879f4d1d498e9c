import { isRecord, textOf } from '../../../azure/rest/server-errors';
import { attachmentIdOf } from '../../../azure/work-item';
import type { FileEntry, ItemEntry } from './item-entry';

/** Text before the GUID in the address of an attachment, also in the addresses of old servers. */
const ADDRESS = /attachments\/|FileNameGuid=/i;

/**
 * Reads the work items of a batch, with those of their fields and relations that the index keeps. Skips missing work
 * items, those of other projects, and relations without a GUID.
 *
 * @param answer Parsed answer of `workitemsbatch`.
 * @param project Name of the project.
 * @returns `undefined` if it is no list of work items.
 */
export function readItems(answer: unknown, project: string): readonly ItemEntry[] | undefined {
  const value = isRecord(answer) ? answer['value'] : undefined;
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown) => (isRecord(item) ? (readItem(item, project) ?? []) : []));
}

function readItem(item: Record<string, unknown>, project: string): ItemEntry | undefined {
  const fields = isRecord(item['fields']) ? item['fields'] : {};
  const id = Number(item['id']);
  const isElsewhere = textOf(fields['System.TeamProject']).toLowerCase() !== project.toLowerCase();
  if (!Number.isSafeInteger(id) || isElsewhere) return undefined;
  const relations = Array.isArray(item['relations']) ? item['relations'] : [];
  const texts = textsOf(fields);
  const authors = authorsOf(fields);
  return {
    id,
    revision: Number(item['rev']) || 0,
    title: textOf(fields['System.Title']),
    type: textOf(fields['System.WorkItemType']),
    state: textOf(fields['System.State']),
    area: textOf(fields['System.AreaPath']),
    files: relations.flatMap((relation: unknown) => {
      const file = isRecord(relation) ? readFile(relation, authors) : undefined;
      return file ? [{ ...file, isInText: texts.includes(file.id) }] : [];
    }),
  };
}

/** Fields that mention an attachment, in lower case. */
function textsOf(fields: Record<string, unknown>): string {
  const texts = Object.values(fields).filter((value) => typeof value === 'string' && ADDRESS.test(value));
  return texts.join('\n').toLowerCase();
}

/** Authors of the first and the last revision, by time. No other author is known from a work item alone. */
function authorsOf(fields: Record<string, unknown>): ReadonlyMap<number, string> {
  return new Map(
    (['Created', 'Changed'] as const).map((verb) => [
      Date.parse(textOf(fields[`System.${verb}Date`])),
      nameOf(fields[`System.${verb}By`]),
    ]),
  );
}

/** Old servers return a person as a single string, `Anna <anna@fabrikam.com>`. */
function nameOf(person: unknown): string {
  return isRecord(person) ? textOf(person['displayName']) : textOf(person).replace(/ <.*>$/, '');
}

function readFile(
  { rel, url, attributes }: Record<string, unknown>,
  authors: ReadonlyMap<number, string>,
): Omit<FileEntry, 'isInText'> | undefined {
  const address = textOf(url);
  const id = attachmentIdOf(address);
  if (rel !== 'AttachedFile' || id === undefined) return undefined;
  const facts = isRecord(attributes) ? attributes : {};
  const { name, resourceSize, comment, authorizedDate, resourceCreatedDate } = facts;
  const dates = [authorizedDate, resourceCreatedDate].map((date) => Date.parse(String(date)));
  const addedAt = dates.find((date) => !Number.isNaN(date)) ?? NaN;
  return {
    id,
    place: address.slice(0, address.toLowerCase().lastIndexOf(id)),
    name: textOf(name) || id,
    size: typeof resourceSize === 'number' ? resourceSize : NaN,
    comment: textOf(comment),
    addedAt,
    addedBy: authors.get(addedAt) ?? '',
  };
}
