import { readUpdates } from '../../azure/rest/updates';
import type { WorkItem } from '../../azure/work-item';
import { retry } from '../../base/retry';
import type { FilesInHistory } from '../../gallery/history/history-model';
import { filesInHistory } from '../../gallery/history/history-model';
import { fileEventsOf } from '../../upload/history/file-history';
import type { Engine } from '../engine';

/** Requests of 200 updates. Services allows 10,000 revisions; Azure DevOps Server has no documented limit. */
const MAX_PAGES = 250;

/** History of the files of one work item. */
export interface ItemHistory extends FilesInHistory {
  readonly workItem: WorkItem;
  /** Whether the work item has more updates than are read. */
  readonly isCut: boolean;
}

/** Options of `history`. */
export interface HistoryOptions {
  readonly signal?: AbortSignal;
  /** Called after each request with the number of updates read so far. */
  readonly onProgress?: (updates: number) => void;
}

/**
 * Reads the history of the files of a work item: all changes, and the removed files, both with the latest first.
 *
 * @throws StaplerError if it cannot be read, CancelledError after an abort.
 */
export async function history(
  { services }: Pick<Engine, 'services'>,
  workItemId: number,
  { signal, onProgress }: HistoryOptions = {},
): Promise<ItemHistory> {
  const { connection, workItems, runtime } = services;
  const options = { runtime, ...(signal && { signal }) };
  const workItem = await retry(() => workItems.read(workItemId, signal), options);
  let pages = 0;
  const updates = await retry(() => {
    pages = 0;
    return readUpdates(connection, workItemId, {
      ...{ maxPages: MAX_PAGES, signal },
      onProgress(count) {
        pages++;
        onProgress?.(count);
      },
    });
  }, options);
  const item = { workItemId, workItemType: workItem.type };
  return { ...filesInHistory(item, fileEventsOf(updates)), workItem, isCut: pages >= MAX_PAGES };
}
