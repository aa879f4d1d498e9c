import type { LinkableAttachment } from '../../azure/work-item';
import { toProblem } from '../../base/errors';
import type { Attachments } from '../attachments';
import type { ChangeTools } from '../changes/change-tools';
import type { RemovedFile } from '../gallery-state';
import type { History, HistoryChanges } from './history-changes';
import { createHistoryChanges } from './history-changes';
import type { RemovedEntry } from './history-model';
import type { HistoryWork } from './history-state';
import { idOf } from './history-state';
import { createLinks } from './link-once';
import type { ReadFailures, RemovedFileReads } from './read-removed';
import { copyFiles, findUnreadable } from './read-removed';

/** Restores removed files of one work item. */
export interface Restoring {
  /**
   * Links the selected files again if their bytes can be read, or uploads them as new copies. Waits while the form has
   * unsaved edits. Does nothing during another change.
   */
  readonly restore: (how: 'restore' | 'copy') => Promise<void>;
  /** Cancels the reading of files before they are linked. */
  readonly cancel: () => void;
  /** Removes the new links of the last restoration. */
  readonly undo: () => Promise<void>;
}

/** Dependencies of `createRestoring`, apart from those of one history. */
export interface RestoringOptions extends RemovedFileReads {
  readonly tools: Pick<ChangeTools, 'addErrors' | 'whileBusy' | 'changeBin'>;
  readonly attachments: Pick<Attachments, 'read' | 'readBytes' | 'link' | 'remove'>;
}

/** Files to restore, and how. */
interface RestoreOrder {
  readonly files: readonly RemovedEntry[];
  readonly isCopy: boolean;
}

/** Creates the commands to restore files. */
export function createRestoring(options: RestoringOptions, history: History): Restoring {
  const { store } = history;
  const changes = createHistoryChanges(options.tools, history);
  const { change, changeItem, fail } = changes;
  const copies = new Map<string, LinkableAttachment>();
  const linkAll = createLinkAll(options, history, changes, copies);
  let restoring = new AbortController();

  /** @returns The reason for each file that cannot be restored. */
  function readAll({ files, isCopy }: RestoreOrder): Promise<ReadFailures> {
    restoring = new AbortController();
    const { signal } = restoring;
    const { step, total } = startOf(files, isCopy);
    const onProgress = (done: number): void => {
      if (!signal.aborted) change({ work: { step, done: Math.min(done, total), total } });
    };
    onProgress(0);
    return isCopy
      ? copyFiles(files, copies, options, { signal, onProgress })
      : findUnreadable(files, options, { signal, onProgress });
  }

  return {
    async restore(how) {
      const { removed, selected, work } = store.getSnapshot();
      const files = removed.filter((entry) => selected.has(idOf(entry)));
      if (work) return;
      change({ restoration: undefined, failures: new Map(), failed: undefined });
      if (files.length === 0) return;
      const order = { files, isCopy: how === 'copy' };
      try {
        const unread = await readAll(order);
        restoring.signal.throwIfAborted();
        const failures = new Map(
          [...unread].map(([id, error]) => [id, { problem: toProblem(error), isUnread: true }]),
        );
        change({ failures });
        const readable = files.filter((entry) => !unread.has(idOf(entry)));
        const none = { isCopy: order.isCopy, restored: [], failed: files, linked: [], fromBin: [] };
        if (readable.length === 0) change({ work: undefined, restoration: none });
        else
          await changeItem(
            how,
            readable.map(({ file }) => file),
            () => linkAll(order, readable),
          );
      } catch (error) {
        fail(how, error);
      }
    },

    undo: createUndo(options, history, changes),
    cancel: () => restoring.abort(),
  };
}

/** Creates a function to link the readable files of an order, or their copies, and to show the result. */
function createLinkAll(
  { attachments, tools }: RestoringOptions,
  { item: { workItemId }, store, closed }: History,
  { addError }: Pick<HistoryChanges, 'addError'>,
  copies: Map<string, LinkableAttachment>,
): (order: RestoreOrder, readable: readonly RemovedEntry[]) => Promise<void> {
  const link = createLinks(attachments, workItemId);

  return async ({ files, isCopy }, readable) => {
    const pairs = readable.flatMap((entry) => {
      const linkable = isCopy ? copies.get(idOf(entry)) : entry.linkable;
      return linkable ? [{ entry, linkable }] : [];
    });
    const { failures: refused, isNew } = await link(pairs.map(({ linkable }) => linkable));
    const done = pairs.filter(({ linkable }) => !refused.has(linkable.reference.id));
    const notDone = pairs.filter(({ linkable }) => refused.has(linkable.reference.id));
    const failures = new Map(store.getSnapshot().failures);
    for (const { entry, linkable } of notDone) {
      const error = refused.get(linkable.reference.id);
      failures.set(idOf(entry), { problem: toProblem(error), isUnread: false });
      if (closed.aborted) addError(error, entry.file.name);
    }
    const restored = done.map(({ entry }) => entry);
    const ids = new Set(restored.map(idOf));
    if (isCopy) for (const id of ids) copies.delete(id);
    const linked = done.flatMap(({ entry, linkable: { reference } }) =>
      isNew(reference.id) ? [{ ...entry.file, reference }] : [],
    );
    store.setState((state) => ({
      ...state,
      failures,
      removed: isCopy ? state.removed : state.removed.filter((entry) => !ids.has(idOf(entry))),
      selected: new Set([...state.selected].filter((id) => !ids.has(id))),
      copied: isCopy ? new Set([...state.copied, ...ids]) : state.copied,
      restoration: {
        ...{ isCopy, restored, linked, fromBin: isCopy ? [] : takeFromBin(tools.changeBin, workItemId, ids) },
        failed: files.filter((entry) => !ids.has(idOf(entry))),
      },
    }));
  };
}

/** Creates the command to remove the new links of the last restoration. */
function createUndo(
  { attachments, tools }: RestoringOptions,
  { item: { workItemId }, store }: History,
  { change, changeItem, fail }: HistoryChanges,
): Restoring['undo'] {
  return async () => {
    const { restoration, work } = store.getSnapshot();
    if (!restoration || work) return;
    const { linked, restored, fromBin, isCopy } = restoration;
    const removeAll = async (): Promise<void> => {
      await attachments.remove(
        workItemId,
        linked.map(({ reference }) => reference.id),
      );
      tools.changeBin(workItemId, (bin) => [...fromBin, ...bin]);
      const undone = new Set(isCopy ? restored.map(idOf) : []);
      store.setState((state) => ({
        ...state,
        restoration: undefined,
        copied: new Set([...state.copied].filter((id) => !undone.has(id))),
      }));
    };
    change({ failed: undefined });
    await changeItem('undo', linked, removeAll, { isRemoval: true }).catch((error: unknown) =>
      fail('undo', error),
    );
  };
}

/** Progress before the first file. To copy bytes, they are read and sent. */
function startOf(files: readonly RemovedEntry[], isCopy: boolean): HistoryWork {
  return isCopy
    ? { step: 'copying', done: 0, total: files.reduce((sum, { file }) => sum + 2 * (file.size ?? 0), 0) }
    : { step: 'checking', done: 0, total: files.length };
}

/** Removes restored files from the bin of the gallery, and returns them. */
function takeFromBin(
  changeBin: ChangeTools['changeBin'],
  workItemId: number,
  ids: ReadonlySet<string>,
): readonly RemovedFile[] {
  const isRestored = (removed: RemovedFile): boolean =>
    removed.file.workItemId === workItemId && ids.has(idOf(removed));
  let taken: readonly RemovedFile[] = [];
  changeBin(workItemId, (bin) => {
    taken = bin.filter(isRestored);
    return bin.filter((removed) => !isRestored(removed));
  });
  return taken;
}
