import { attachmentIdOf } from '../work-item';
import type { Connection } from './connection';
import { isRecord, readJson, textOf } from './server-errors';

/** Author and time of an attachment, from the history of the work item. */
export interface Addition {
  /** Display name of the author; empty if unknown. */
  readonly by: string;
  /** In milliseconds since the epoch; `NaN` if unknown. */
  readonly at: number;
}

/** Updates per request. */
const PAGE_SIZE = 200;

/** Work items may have thousands of revisions; authors are not worth more requests. */
const MAX_PAGES = 10;

/**
 * Reads the author and time of each attachment, by attachment GUID. The last addition counts (official client,
 * `getUpdates`; oldest first).
 *
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function readAdditions(
  connection: Connection,
  workItemId: number,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Addition>> {
  const path = `_apis/wit/workitems/${workItemId}/updates`;
  const additions = new Map<string, Addition>();
  for (let page = 0; page < MAX_PAGES; page++) {
    const response = await connection.send({
      method: 'GET',
      path,
      query: { $top: String(PAGE_SIZE), $skip: String(page * PAGE_SIZE) },
      headers: {},
      ...(signal && { signal }),
      isIdempotent: true,
    });
    const updates = readJson(response, `GET ${path}`, readList);
    for (const update of updates) for (const id of addedBy(update)) additions.set(id, additionOf(update));
    if (updates.length < PAGE_SIZE) break;
  }
  return additions;
}

function readList(body: unknown): readonly Record<string, unknown>[] | undefined {
  const value = isRecord(body) ? body['value'] : undefined;
  return Array.isArray(value) ? value.filter(isRecord) : undefined;
}

/** GUIDs of the attachments added by an update. */
function addedBy({ relations }: Record<string, unknown>): readonly string[] {
  const added = isRecord(relations) ? relations['added'] : undefined;
  if (!Array.isArray(added)) return [];
  return added
    .filter(isRecord)
    .flatMap(({ rel, url }) => (rel === 'AttachedFile' ? (attachmentIdOf(textOf(url)) ?? []) : []));
}

function additionOf({ revisedBy, fields }: Record<string, unknown>): Addition {
  // Old servers return a person as a single string.
  const by = isRecord(revisedBy) ? textOf(revisedBy['displayName']) : textOf(revisedBy).replace(/ <.*>$/, '');
  // `revisedDate` is the date of the next revision, or in the year 9999 for the last one.
  const changed = isRecord(fields) ? fields['System.ChangedDate'] : undefined;
  return { by, at: isRecord(changed) ? Date.parse(textOf(changed['newValue'])) : NaN };
}
