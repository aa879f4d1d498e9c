import type { AttachedFile } from '../attached/attached-file';
import { keyOfFile } from '../attached/attached-file';
import type { Host } from '../host/host';
import { toProblem } from '../model/errors';
import type { Surroundings } from '../model/surroundings';
import type { Attachments } from './attachments';
import type { GalleryStore, RemovedFile, Trouble } from './gallery-state';

/** What can be changed about files that are attached. What fails is told of in `troubles`. */
export interface FileChanges {
  /** Takes files away from their work items; `putBack` undoes it. */
  readonly remove: (files: readonly AttachedFile[]) => Promise<void>;
  readonly putBack: (removed: readonly RemovedFile[]) => Promise<void>;
}

/** What they are made of. */
export interface FileChangesOptions {
  readonly store: GalleryStore;
  readonly attachments: Pick<Attachments, 'remove' | 'link'>;
  readonly host: Pick<Host, 'refreshForm'>;
  readonly later: Surroundings['later'];
  /** Reads again what is shown. */
  readonly readAgain: () => void;
  /** What was removed here, by the work item that was in the form. */
  readonly bins: Map<number, readonly RemovedFile[]>;
}

/** Time for a second thought after a removal, in milliseconds; the bin keeps what is removed for longer. */
const UNDO_MS = 10_000;

/** Changes that keep out of each other's way: what is done with a file is over before the next thing begins. */
export function createFileChanges(options: FileChangesOptions): FileChanges {
  const { store, attachments, host, later, readAgain, bins } = options;

  function tell(...troubles: readonly Trouble[]): void {
    store.dispatch((state) => ({ troubles: [...state.troubles, ...troubles] }));
  }

  /** Does something with files, work item by work item; nothing else is done with them meanwhile. */
  async function whileBusy(
    files: readonly AttachedFile[],
    task: (workItemId: number, files: readonly AttachedFile[]) => Promise<void>,
  ): Promise<void> {
    const keys = files.map(keyOfFile);
    const { busy, workItemId: own } = store.getSnapshot();
    if (keys.length === 0 || keys.some((key) => busy.has(key))) return;
    store.change({ busy: new Set([...busy, ...keys]), troubles: [] });
    const ids = new Set(files.map(({ workItemId }) => workItemId));
    for (const id of ids) {
      const its = files.filter(({ workItemId }) => workItemId === id);
      await task(id, its).catch((error: unknown) =>
        tell({ problem: toProblem(error), name: its.length === 1 ? its[0]?.name : undefined }),
      );
    }
    store.dispatch((state) => ({ busy: new Set([...state.busy].filter((key) => !keys.includes(key))) }));
    if (store.getSnapshot().workItemId === own) readAgain();
    if (ids.has(own)) void host.refreshForm(own);
  }

  /** Writes down what is in the bin of a work item, and shows it where that is the one in the form. */
  function changeBin(own: number, change: (bin: readonly RemovedFile[]) => readonly RemovedFile[]): boolean {
    const bin = change(bins.get(own) ?? []);
    bins.set(own, bin);
    const isShown = store.getSnapshot().workItemId === own;
    if (isShown) store.change({ bin });
    return isShown;
  }

  return {
    async remove(files) {
      const { workItemId: own } = store.getSnapshot();
      const gone: RemovedFile[] = [];
      await whileBusy(files, async (workItemId, its) => {
        const ids = its.map(({ reference }) => reference.id);
        const { removed } = await attachments.remove(workItemId, ids);
        const linkables = new Map(removed.map((linkable) => [linkable.reference.id, linkable]));
        for (const file of its) {
          const linkable = linkables.get(file.reference.id);
          if (linkable) gone.push({ file, linkable });
        }
        const keys = new Set(gone.map(({ file }) => keyOfFile(file)));
        const before = (bins.get(own) ?? []).filter(({ file }) => !keys.has(keyOfFile(file)));
        if (!changeBin(own, () => [...gone, ...before])) return;
        store.dispatch((state) => ({
          files: state.files?.filter((file) => !keys.has(keyOfFile(file))),
          justRemoved: keys,
        }));
      });
      const { justRemoved } = store.getSnapshot();
      later(UNDO_MS, () =>
        store.dispatch((state) => (state.justRemoved === justRemoved ? { justRemoved: new Set() } : {})),
      );
    },

    putBack(removed) {
      const { workItemId: own } = store.getSnapshot();
      return whileBusy(
        removed.map(({ file }) => file),
        async (workItemId) => {
          const its = removed.filter(({ file }) => file.workItemId === workItemId);
          const { failures } = await attachments.link(
            workItemId,
            its.map(({ linkable }) => linkable),
          );
          const isBack = ({ linkable }: RemovedFile): boolean => !failures.has(linkable.reference.id);
          const back = new Set(its.filter(isBack).map(({ file }) => keyOfFile(file)));
          if (!changeBin(own, (bin) => bin.filter(({ file }) => !back.has(keyOfFile(file))))) return;
          store.dispatch(({ justRemoved }) => ({
            justRemoved: new Set([...justRemoved].filter((key) => !back.has(key))),
          }));
          tell(
            ...its
              .filter((each) => !isBack(each))
              .map(({ file, linkable }) => ({
                problem: toProblem(failures.get(linkable.reference.id)),
                name: file.name,
              })),
          );
        },
      );
    },
  };
}
