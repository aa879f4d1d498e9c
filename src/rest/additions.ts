import { attachmentIdOf } from '../model/attachment';
import type { Connection } from './connection';
import { isRecord, readJson, textOf } from './server-errors';

/** What the history of a work item says of an attachment. */
export interface Addition {
  /** Who attached it, as people read it; empty where it does not say. */
  readonly by: string;
  /** In milliseconds since the epoch; `NaN` where it does not say. */
  readonly at: number;
}

/** So many updates are read by one request. */
const PAGE = 200;

/** Work items may have thousands of revisions; who attached what is not worth more requests. */
const MOST_PAGES = 10;

/**
 * Who attached what to a work item, by GUID of the attachment: the last time where one was attached more than once
 * (official client, `getUpdates`; the newest come last).
 *
 * @throws StaplerError when it failed, CancelledError after an abort.
 */
export async function readAdditions(
  connection: Connection,
  workItemId: number,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Addition>> {
  const path = `_apis/wit/workitems/${workItemId}/updates`;
  const additions = new Map<string, Addition>();
  for (let page = 0; page < MOST_PAGES; page++) {
    const response = await connection.send({
      method: 'GET',
      path,
      query: { $top: String(PAGE), $skip: String(page * PAGE) },
      headers: {},
      ...(signal && { signal }),
      repeatable: true,
    });
    const updates = readJson(response, `GET ${path}`, readList);
    for (const update of updates) for (const id of addedBy(update)) additions.set(id, additionOf(update));
    if (updates.length < PAGE) break;
  }
  return additions;
}

function readList(body: unknown): readonly Record<string, unknown>[] | undefined {
  const value = isRecord(body) ? body['value'] : undefined;
  return Array.isArray(value) ? value.filter(isRecord) : undefined;
}

/** GUIDs of the attachments that an update has added. */
function addedBy({ relations }: Record<string, unknown>): readonly string[] {
  const added = isRecord(relations) ? relations['added'] : undefined;
  if (!Array.isArray(added)) return [];
  return added
    .filter(isRecord)
    .flatMap(({ rel, url }) => (rel === 'AttachedFile' ? (attachmentIdOf(textOf(url)) ?? []) : []));
}

function additionOf({ revisedBy, fields }: Record<string, unknown>): Addition {
  // Old servers name a person in one text.
  const by = isRecord(revisedBy) ? textOf(revisedBy['displayName']) : textOf(revisedBy).replace(/ <.*>$/, '');
  // `revisedDate` is when the next revision came, and in the year 9999 for the last.
  const changed = isRecord(fields) ? fields['System.ChangedDate'] : undefined;
  return { by, at: isRecord(changed) ? Date.parse(textOf(changed['newValue'])) : NaN };
}
