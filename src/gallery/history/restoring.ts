import type { LinkableAttachment } from '../../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../azure/work-item';
import { isCancelled, toProblem } from '../../base/errors';
import type { Attachments } from '../attachments';
import type { ChangeFacts, ChangeTools } from '../changes/change-tools';
import type { RemovedFile } from '../gallery-state';
import type { AttachedFile } from '../model/attached-file';
import type { HistoryItem, RemovedEntry } from './history-model';
import type { HistoryAction, HistoryState, HistoryStore, HistoryWork } from './history-state';
import { idOf } from './history-state';
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

/** The history whose files are restored. */
interface History {
  readonly item: HistoryItem;
  readonly store: HistoryStore;
  /** Aborted when the person has closed the history. The gallery shows errors then. */
  readonly closed: AbortSignal;
  /** Reads the history again. */
  readonly read: () => Promise<void>;
}

/** Creates the commands to restore files. */
export function createRestoring(
  options: RestoringOptions,
  { item, store, closed, read }: History,
): Restoring {
  const { attachments, tools } = options;
  const { workItemId, workItemType } = item;
  const { whileBusy, changeBin } = tools;
  const change = (facts: Partial<HistoryState>): void => store.setState((state) => ({ ...state, ...facts }));
  let restoring = new AbortController();
  const copies = new Map<string, LinkableAttachment>();
  const link = createLinks(attachments, workItemId);

  function addError(error: unknown, name: string | undefined): void {
    const problem = toProblem(error);
    tools.addErrors({ problem, name, workItem: { id: workItemId, type: workItemType } });
  }

  function fail(action: HistoryAction, error: unknown, files: readonly AttachedFile[] = []): void {
    change({ work: undefined });
    if (isCancelled(error)) return;
    if (closed.aborted) addError(error, files.length === 1 ? files[0]?.name : undefined);
    else change({ failed: { action, problem: toProblem(error) } });
  }

  /** Runs a change of the work item as all changes of the gallery. Reads the history again afterwards. */
  async function changeItem(
    action: HistoryAction,
    files: readonly AttachedFile[],
    task: () => Promise<void>,
    facts?: ChangeFacts,
  ): Promise<void> {
    change({ work: { step: action === 'undo' ? 'undoing' : 'linking', done: 0, total: 0 } });
    const run = async (): Promise<void> => {
      try {
        await task();
        change({ work: undefined });
      } catch (error) {
        fail(action, error, files);
      }
      if (!closed.aborted) void read();
    };
    const onCanceled = (): void => change({ work: undefined });
    await whileBusy(files, run, { workItemIds: [workItemId], onCanceled, ...facts });
  }

  /** @returns The reason for each file that cannot be restored. */
  function readAll(files: readonly RemovedEntry[], isCopy: boolean): Promise<ReadFailures> {
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

  async function linkAll(
    files: readonly RemovedEntry[],
    readable: readonly RemovedEntry[],
    isCopy: boolean,
  ): Promise<void> {
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
        ...{ isCopy, restored, linked, fromBin: isCopy ? [] : takeFromBin(changeBin, workItemId, ids) },
        failed: files.filter((entry) => !ids.has(idOf(entry))),
      },
    }));
  }

  async function restore(how: 'restore' | 'copy'): Promise<void> {
    const { removed, selected, work } = store.getSnapshot();
    const files = removed.filter((entry) => selected.has(idOf(entry)));
    if (work) return;
    change({ restoration: undefined, failures: new Map(), failed: undefined });
    if (files.length === 0) return;
    const isCopy = how === 'copy';
    try {
      const unread = await readAll(files, isCopy);
      restoring.signal.throwIfAborted();
      const failures = new Map(
        [...unread].map(([id, error]) => [id, { problem: toProblem(error), isUnread: true }]),
      );
      change({ failures });
      const readable = files.filter((entry) => !unread.has(idOf(entry)));
      const none = { isCopy, restored: [], failed: files, linked: [], fromBin: [] };
      if (readable.length === 0) change({ work: undefined, restoration: none });
      else
        await changeItem(
          how,
          readable.map(({ file }) => file),
          () => linkAll(files, readable, isCopy),
        );
    } catch (error) {
      fail(how, error);
    }
  }

  async function undo(): Promise<void> {
    const { restoration, work } = store.getSnapshot();
    if (!restoration || work) return;
    const { linked, restored, fromBin, isCopy } = restoration;
    const removeAll = async (): Promise<void> => {
      await attachments.remove(
        workItemId,
        linked.map(({ reference }) => reference.id),
      );
      changeBin(workItemId, (bin) => [...fromBin, ...bin]);
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
  }

  return { restore, undo, cancel: () => restoring.abort() };
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

/** Result of linking. */
interface Links {
  /** Reasons, by GUID. All others are attached. */
  readonly failures: ReadonlyMap<string, unknown>;
  /** Whether the history has made the link, also in an earlier attempt with a lost answer. */
  readonly isNew: (id: string) => boolean;
}

/** Creates a function to link files exactly once, without those that are attached already. */
function createLinks(
  attachments: Pick<Attachments, 'read' | 'link'>,
  workItemId: number,
): (linkables: readonly LinkableAttachment[]) => Promise<Links> {
  /** GUIDs of attempts without a known success. */
  const tried = new Set<string>();
  return async (linkables) => {
    const attached = new Set(
      attachmentsOf(await attachments.read(workItemId)).map(({ url }) => attachmentIdOf(url)),
    );
    const missing = linkables.filter(({ reference }) => !attached.has(reference.id));
    for (const { reference } of missing) tried.add(reference.id);
    const { failures } =
      missing.length > 0
        ? await attachments.link(workItemId, missing)
        : { failures: new Map<string, unknown>() };
    const isDone = ({ reference }: LinkableAttachment): boolean => !failures.has(reference.id);
    const made = new Set(
      linkables.filter(isDone).flatMap(({ reference: { id } }) => (tried.delete(id) ? [id] : [])),
    );
    return { failures, isNew: (id) => made.has(id) };
  };
}
