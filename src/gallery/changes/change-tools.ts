import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import type { Host } from '../../azure/host/host';
import { ServerError, toProblem } from '../../base/errors';
import type { SaveGate } from '../../upload/form/save-gate';
import type { FileError, GalleryStore, RemovedFile } from '../gallery-state';

/** Shared steps of all changes to attached files. */
export interface ChangeTools {
  /** Whether another change to one of these files is in progress. */
  readonly isBusy: (files: readonly AttachedFile[]) => boolean;
  readonly addErrors: (...errors: readonly FileError[]) => void;
  /**
   * Runs `task` with its files marked as busy, then reads the work item again and refreshes the form.
   *
   * Resolves after the task, or as soon as the task waits for a save of unsaved edits. From then on its error is one of
   * `errors`.
   *
   * @throws The error of `task`, or StaplerError `conflict` when one of the files is busy already.
   */
  readonly whileBusy: (
    files: readonly AttachedFile[],
    task: () => Promise<unknown>,
    facts?: ChangeFacts,
  ) => Promise<void>;
  /**
   * Updates the bin of a work item.
   *
   * @param openItemId Work item in the form at the start of the change.
   * @returns Whether it is still open, so that the gallery shows this bin.
   */
  readonly changeBin: (
    openItemId: number,
    change: (bin: readonly RemovedFile[]) => readonly RemovedFile[],
  ) => boolean;
}

/** Facts about a change. */
export interface ChangeFacts {
  /** Work items to patch. Default: those of the files. */
  readonly workItemIds?: readonly number[];
  readonly isRemoval?: boolean;
  /** Called if the task waits for a save, and is canceled instead. */
  readonly onCanceled?: () => void;
}

/** Dependencies of `createChangeTools`. */
export interface ChangeToolsOptions {
  readonly store: GalleryStore;
  readonly host: Pick<Host, 'refreshForm'>;
  /** Delays changes to a form with unsaved edits. */
  readonly gate: Pick<SaveGate, 'pass'>;
  /** Reads the files of the gallery again. */
  readonly readAgain: () => void;
  /** Removed files, by the work item in the form at that time. */
  readonly bins: Map<number, readonly RemovedFile[]>;
}

/** Creates the tools for one kind of change. All kinds share the busy files of `store`. */
export function createChangeTools(options: ChangeToolsOptions): ChangeTools {
  const { store, host, gate, readAgain, bins } = options;
  const addErrors: ChangeTools['addErrors'] = (...errors) =>
    store.dispatch((state) => ({ errors: [...state.errors, ...errors] }));

  function isBusy(files: readonly AttachedFile[]): boolean {
    const { busy } = store.getSnapshot();
    return files.some((file) => busy.has(keyOfFile(file)));
  }

  return {
    isBusy,

    addErrors,

    async whileBusy(files, task, facts = {}) {
      if (isBusy(files)) throw new ServerError('conflict', 'Something else is under way with that file.');
      const keys = files.map(keyOfFile);
      const { busy, workItemId: openItemId } = store.getSnapshot();
      const {
        workItemIds = files.map(({ workItemId }) => workItemId),
        isRemoval = false,
        onCanceled,
      } = facts;
      const free = (): void =>
        store.dispatch((state) => ({ busy: new Set([...state.busy].filter((key) => !keys.includes(key))) }));

      async function run(): Promise<void> {
        try {
          await task();
        } finally {
          free();
          if (store.getSnapshot().workItemId === openItemId) readAgain();
          if (workItemIds.includes(openItemId)) void host.refreshForm(openItemId);
        }
      }

      store.change({ busy: new Set([...busy, ...keys]), errors: [] });
      // Only the form's own item can have edits.
      const wait = workItemIds.includes(openItemId)
        ? await gate.pass({ workItemId: openItemId, names: files.map(({ name }) => name), isRemoval })
        : undefined;
      if (wait)
        void wait.released.then((release) => {
          if (release === 'run') return run().catch((error: unknown) => addErrors(errorOf(files, error)));
          free();
          return onCanceled?.();
        });
      else await run();
    },

    changeBin(openItemId, change) {
      const bin = change(bins.get(openItemId) ?? []);
      bins.set(openItemId, bin);
      const isShown = store.getSnapshot().workItemId === openItemId;
      if (isShown) store.change({ bin });
      return isShown;
    },
  };
}

/**
 * The error as shown to the person, with the name of the file if there is only one.
 *
 * @param workItem Default: that of the files.
 */
export function errorOf(
  files: readonly AttachedFile[],
  error: unknown,
  workItem?: FileError['workItem'],
): FileError {
  const [file, ...others] = files;
  return {
    problem: toProblem(error),
    name: others.length > 0 ? undefined : file?.name,
    workItem: workItem ?? (file && { id: file.workItemId, type: file.workItemType }),
  };
}

/** Groups items by work item, in the order of their first appearance. */
export function byWorkItem<T>(
  items: readonly T[],
  workItemIdOf: (item: T) => number,
): ReadonlyMap<number, readonly T[]> {
  const ids = new Set(items.map(workItemIdOf));
  return new Map([...ids].map((id) => [id, items.filter((item) => workItemIdOf(item) === id)]));
}
