import type { WorkItemUpdate } from '../../azure/rest/updates';
import { createMutex } from '../../base/async';
import { toProblem } from '../../base/errors';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import { fileEventsOf } from '../../upload/history/file-history';
import type { Attachments } from '../attachments';
import type { GalleryStore } from '../gallery-state';
import type { HistoryItem, RemovedEntry } from './history-model';
import { filesInHistory } from './history-model';
import type { HistoryState } from './history-state';
import { idOf, UNREAD } from './history-state';
import { joinEntries } from './split-history';
import type { Restoring, RestoringOptions } from './restoring';
import { createRestoring } from './restoring';

/** History of the files of one work item. */
export interface FileHistory extends ReadonlyStore<HistoryState>, Restoring {
  readonly workItemId: number;
  /** Reads the updates of the work item; after the first time, only new ones. */
  readonly read: () => Promise<void>;
  /** Selects or deselects removed files. */
  readonly select: (files: readonly RemovedEntry[], isSelected: boolean) => void;
  /** Repeats the action that has failed. */
  readonly retry: () => Promise<void>;
  /** Ends all reading. Links in progress are completed; the gallery shows their errors. */
  readonly close: () => void;
}

/** Dependencies of `createFileHistory`. */
export interface FileHistoryOptions extends RestoringOptions {
  readonly attachments: RestoringOptions['attachments'] & Pick<Attachments, 'readUpdates'>;
  readonly store: Pick<GalleryStore, 'getSnapshot'>;
}

/** Requests of 200 updates. Services allows 10,000 revisions; Azure DevOps Server has no documented limit. */
const MAX_PAGES = 250;

/** Creates the history of the work item in the form, unread. */
export function createFileHistory(options: FileHistoryOptions): FileHistory {
  const { workItemId, members } = options.store.getSnapshot();
  const own = members.find((member) => member.workItemId === workItemId);
  const item: HistoryItem = { workItemId, workItemType: own?.type ?? '' };
  const store = createStateStore(UNREAD);
  const closing = new AbortController();
  const { signal } = closing;
  const inTurn = createMutex();
  let updates: readonly WorkItemUpdate[] = [];
  const restoring = createRestoring(options, { item, store, closed: signal, read });

  function change(facts: Partial<HistoryState>): void {
    store.setState((state) => ({ ...state, ...facts }));
  }

  async function readUpdates(): Promise<void> {
    // The last known update is read again: it tells the time of the next one.
    const skip = Math.max(0, updates.length - 1);
    let pages = 0;
    const fresh = await options.attachments.readUpdates(workItemId, {
      ...{ maxPages: MAX_PAGES, skip, signal },
      onProgress(count) {
        pages++;
        change({ updatesRead: skip + count });
      },
    });
    updates = [...updates, ...fresh.slice(updates.length - skip)];
    const { entries, removed } = filesInHistory(item, fileEventsOf(updates));
    const ids = new Set(removed.map(idOf));
    store.setState((state) => ({
      ...state,
      ...{ entries: joinEntries(entries), removed, isCut: pages >= MAX_PAGES },
      selected: new Set([...state.selected].filter((id) => ids.has(id))),
    }));
  }

  function read(): Promise<void> {
    return inTurn(async () => {
      store.setState((state) => ({
        ...state,
        isReading: true,
        failed: state.failed?.action === 'read' ? undefined : state.failed,
      }));
      try {
        await readUpdates();
        change({ isReading: false });
      } catch (error) {
        change({
          isReading: false,
          ...(!signal.aborted && { failed: { action: 'read', problem: toProblem(error) } }),
        });
      }
    });
  }

  return {
    workItemId,
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    read,
    ...restoring,

    select(files, isSelected) {
      const ids = new Set(files.map(idOf));
      store.setState((state) => ({
        ...state,
        selected: new Set(
          isSelected ? [...state.selected, ...ids] : [...state.selected].filter((id) => !ids.has(id)),
        ),
      }));
    },

    async retry() {
      const action = store.getSnapshot().failed?.action;
      if (action === 'read') await read();
      else if (action === 'undo') await restoring.undo();
      else if (action) await restoring.restore(action);
    },

    close() {
      closing.abort();
      restoring.cancel();
    },
  };
}
