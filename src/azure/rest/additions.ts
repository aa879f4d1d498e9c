import type { Connection } from './connection';
import type { WorkItemUpdate } from './updates';
import { readUpdates } from './updates';

/** Author and time of an attachment, or of a picture in a text, from the history of the work item. */
export type Addition = Pick<WorkItemUpdate, 'by' | 'at'>;

/** Work items may have thousands of revisions; authors are not worth more requests. */
const MAX_PAGES = 10;

/**
 * Reads the author and time of each attachment, by attachment GUID. The last addition counts; without one, the first
 * text of a field that mentions it.
 *
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function readAdditions(
  connection: Connection,
  workItemId: number,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Addition>> {
  const additions = new Map<string, Addition>();
  const mentions = new Map<string, Addition>();
  for (const update of await readUpdates(connection, workItemId, { maxPages: MAX_PAGES, signal })) {
    const { by, at, added, mentioned } = update;
    for (const { id } of added) additions.set(id, { by, at });
    for (const id of mentioned) if (!mentions.has(id)) mentions.set(id, { by, at });
  }
  return new Map([...mentions, ...additions]);
}
