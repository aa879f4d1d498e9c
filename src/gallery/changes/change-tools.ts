import type { AttachedFile } from '../../attached/attached-file';
import { keyOfFile } from '../../attached/attached-file';
import type { Host } from '../../host/host';
import { ServerError, toProblem } from '../../model/errors';
import type { GalleryStore, RemovedFile, Trouble } from '../gallery-state';

/** What changes of attached files have in common. */
export interface ChangeTools {
  /** Whether something is under way with one of these files. */
  readonly isBusy: (files: readonly AttachedFile[]) => boolean;
  readonly tell: (...troubles: readonly Trouble[]) => void;
  /**
   * Runs a task on files with which nothing else is done meanwhile; then what is shown is read again, by the form as
   * well.
   *
   * @throws What the task fails with; StaplerError `conflict` when something else is under way with one of the files.
   */
  readonly whileBusy: <T>(files: readonly AttachedFile[], task: () => Promise<T>) => Promise<T>;
  /**
   * The same, work item by work item; what fails is told, by the name of the file where it is one, and the others are
   * done all the same. Does nothing where something else is under way with one of the files.
   */
  readonly forEachItem: (
    files: readonly AttachedFile[],
    task: (workItemId: number, files: readonly AttachedFile[]) => Promise<void>,
  ) => Promise<void>;
  /**
   * Writes down what is in the bin of a work item.
   *
   * @param own The one that was in the form when the change was asked for.
   * @returns Whether it is still there, so that the bin is shown.
   */
  readonly changeBin: (
    own: number,
    change: (bin: readonly RemovedFile[]) => readonly RemovedFile[],
  ) => boolean;
}

/** What they are made of. */
export interface ChangeToolsOptions {
  readonly store: GalleryStore;
  readonly host: Pick<Host, 'refreshForm'>;
  /** Reads again what is shown. */
  readonly readAgain: () => void;
  /** What was removed here, by the work item that was in the form. */
  readonly bins: Map<number, readonly RemovedFile[]>;
}

/** Changes that keep out of each other's way: what is done with a file is over before the next thing begins. */
export function createChangeTools({ store, host, readAgain, bins }: ChangeToolsOptions): ChangeTools {
  function isBusy(files: readonly AttachedFile[]): boolean {
    const { busy } = store.getSnapshot();
    return files.some((file) => busy.has(keyOfFile(file)));
  }

  function tell(...troubles: readonly Trouble[]): void {
    store.dispatch((state) => ({ troubles: [...state.troubles, ...troubles] }));
  }

  async function whileBusy<T>(files: readonly AttachedFile[], task: () => Promise<T>): Promise<T> {
    if (isBusy(files)) throw new ServerError('conflict', 'Something else is under way with that file.');
    const keys = files.map(keyOfFile);
    const { busy, workItemId: own } = store.getSnapshot();
    store.change({ busy: new Set([...busy, ...keys]), troubles: [] });
    try {
      return await task();
    } finally {
      store.dispatch((state) => ({ busy: new Set([...state.busy].filter((key) => !keys.includes(key))) }));
      if (store.getSnapshot().workItemId === own) readAgain();
      if (files.some(({ workItemId }) => workItemId === own)) void host.refreshForm(own);
    }
  }

  return {
    isBusy,
    tell,
    whileBusy,

    async forEachItem(files, task) {
      if (files.length === 0 || isBusy(files)) return;
      await whileBusy(files, async () => {
        for (const id of new Set(files.map(({ workItemId }) => workItemId))) {
          const its = files.filter(({ workItemId }) => workItemId === id);
          await task(id, its).catch((error: unknown) =>
            tell({ problem: toProblem(error), name: its.length === 1 ? its[0]?.name : undefined }),
          );
        }
      });
    },

    changeBin(own, change) {
      const bin = change(bins.get(own) ?? []);
      bins.set(own, bin);
      const isShown = store.getSnapshot().workItemId === own;
      if (isShown) store.change({ bin });
      return isShown;
    },
  };
}
