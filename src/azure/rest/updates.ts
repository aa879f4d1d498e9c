import { attachmentIdOf } from '../work-item';
import type { Connection } from './connection';
import { isRecord, readJson, textOf } from './server-errors';

/** Attachment in an update. Unknown texts are empty. */
export interface UpdatedAttachment {
  /** GUID, lower case. */
  readonly id: string;
  /** Absolute URL as sent by the server. */
  readonly url: string;
  readonly name: string;
  readonly comment: string;
  /** In bytes; `undefined` if unknown. */
  readonly size: number | undefined;
}

/** Entry in the history of a work item, with the attachments that it changed. */
export interface WorkItemUpdate {
  /** Display name of the author; empty if unknown. */
  readonly by: string;
  /** In milliseconds since the epoch; `NaN` if unknown. */
  readonly at: number;
  readonly added: readonly UpdatedAttachment[];
  readonly removed: readonly UpdatedAttachment[];
  /** Attachments with another name or comment. */
  readonly updated: readonly UpdatedAttachment[];
  /** GUIDs of the attachments in new texts of fields, lower case. */
  readonly mentioned: readonly string[];
}

/** Updates per request: the maximum. */
const PAGE_SIZE = 200;

/** Returns about how many requests read the history of a work item of this revision. */
export function updateRequestsFor(revision: number): number {
  // A full page does not tell that it is the last one.
  return Math.floor(revision / PAGE_SIZE) + 1;
}

/** Before this time, in milliseconds since the epoch; a revision without a successor is "revised" in the year 9999. */
const END_OF_TIME = Date.UTC(9000, 0);

/** Options of `readUpdates`. */
export interface ReadUpdatesOptions {
  /** Maximum number of requests, with 200 updates each. */
  readonly maxPages: number;
  /** Number of updates to leave out at the beginning. The time of the next one may be unknown then. Default: 0. */
  readonly skip?: number;
  readonly signal?: AbortSignal | undefined;
  /** Called after each request with the number of updates read so far. */
  readonly onProgress?: ((updates: number) => void) | undefined;
}

/**
 * Reads the history of a work item, oldest first (official client, `getUpdates`).
 *
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function readUpdates(
  connection: Connection,
  workItemId: number,
  { maxPages, skip = 0, signal, onProgress }: ReadUpdatesOptions,
): Promise<readonly WorkItemUpdate[]> {
  const path = `_apis/wit/workitems/${workItemId}/updates`;
  const updates: WorkItemUpdate[] = [];
  let revisedAt = NaN;
  for (let page = 0; page < maxPages; page++) {
    const response = await connection.send({
      method: 'GET',
      path,
      query: { $top: String(PAGE_SIZE), $skip: String(skip + page * PAGE_SIZE) },
      headers: {},
      ...(signal && { signal }),
      isIdempotent: true,
    });
    const answers = readJson(response, `GET ${path}`, readList);
    for (const answer of answers) {
      updates.push(updateOf(answer, revisedAt));
      revisedAt = Date.parse(textOf(answer['revisedDate']));
    }
    onProgress?.(updates.length);
    if (answers.length < PAGE_SIZE) break;
  }
  return updates;
}

function readList(body: unknown): readonly Record<string, unknown>[] | undefined {
  const value = isRecord(body) ? body['value'] : undefined;
  return Array.isArray(value) ? value.filter(isRecord) : undefined;
}

/** @param revisedAt `revisedDate` of the update before: the time of this one. */
function updateOf(answer: Record<string, unknown>, revisedAt: number): WorkItemUpdate {
  const { revisedBy, fields } = answer;
  const relations = isRecord(answer['relations']) ? answer['relations'] : {};
  const changed = isRecord(fields) ? fields['System.ChangedDate'] : undefined;
  const at = isRecord(changed) ? Date.parse(textOf(changed['newValue'])) : NaN;
  return {
    // Old servers return a person as a single string.
    by: isRecord(revisedBy) ? textOf(revisedBy['displayName']) : textOf(revisedBy).replace(/ <.*>$/, ''),
    // Changes of relations alone may change no field.
    at: Number.isNaN(at) && revisedAt < END_OF_TIME ? revisedAt : at,
    added: attachmentsIn(relations['added']),
    removed: attachmentsIn(relations['removed']),
    updated: attachmentsIn(relations['updated']),
    mentioned: isRecord(fields) ? Object.values(fields).flatMap(mentionedIn) : [],
  };
}

/** Addresses of attachments in texts, also the ones of Team Foundation Server. */
const MENTIONED = /(?:\/attachments\/|FileNameGuid=)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/gi;

function mentionedIn(field: unknown): readonly string[] {
  const text = isRecord(field) ? textOf(field['newValue']) : '';
  return Array.from(text.matchAll(MENTIONED), ([, id = '']) => id.toLowerCase());
}

function attachmentsIn(relations: unknown): readonly UpdatedAttachment[] {
  if (!Array.isArray(relations)) return [];
  return relations.filter(isRecord).flatMap(({ rel, url: address, attributes }) => {
    const url = textOf(address);
    const id = rel === 'AttachedFile' ? attachmentIdOf(url) : undefined;
    if (id === undefined) return [];
    const { name, comment, resourceSize } = isRecord(attributes) ? attributes : {};
    const size = typeof resourceSize === 'number' ? resourceSize : undefined;
    return [{ id, url, name: textOf(name), comment: textOf(comment), size }];
  });
}
