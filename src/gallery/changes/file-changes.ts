import type { AttachedFile } from '../model/attached-file';
import { keyOfFile, partsOf } from '../model/attached-file';
import type { Runtime } from '../../base/runtime';
import { writeComment } from '../../upload/intake/folder-mark';
import type { Attachments } from '../attachments';
import type { RemovedFile } from '../gallery-state';
import type { ChangeFacts, ChangeToolsOptions } from './change-tools';
import { byWorkItem, createChangeTools, errorOf } from './change-tools';

/** Removes and restores attached files, and edits their comments. */
export interface FileChanges {
  /**
   * Removes files from their work items and puts them into the bin. Reports failures as `errors`. Does nothing when one
   * of the files is busy.
   */
  readonly remove: (files: readonly AttachedFile[]) => Promise<void>;
  /** Links removed files again. Reports failures as `errors`. Does nothing when one of the files is busy. */
  readonly restore: (removed: readonly RemovedFile[]) => Promise<void>;
  /** Ends the offer to undo the last removal with one click. The bin keeps its files. */
  readonly dismissRemoval: () => void;
  /**
   * Changes the comment of a file. The caller reports failures, see `ChangeTools.whileBusy`.
   *
   * @throws StaplerError See `AttachmentEditor.changeComment`; `conflict` when the file is busy.
   */
  readonly changeComment: (file: AttachedFile, comment: string) => Promise<void>;
}

/** Dependencies of `createFileChanges`. */
export interface FileChangesOptions extends ChangeToolsOptions {
  readonly attachments: Pick<Attachments, 'remove' | 'link' | 'changeComment' | 'editParts'>;
  readonly runtime: Runtime;
}

/** Time to undo a removal with one click, in milliseconds. The bin keeps the files for longer. */
const UNDO_MS = 10_000;

/** Creates the commands of a gallery for removed files and comments. */
export function createFileChanges(options: FileChangesOptions): FileChanges {
  const { store, attachments, runtime } = options;
  const { isBusy, addErrors, whileBusy, changeBin } = createChangeTools(options);

  /** Runs `task` for each work item of the files, and continues with the next one after a failure. */
  async function forEachItem(
    files: readonly AttachedFile[],
    task: (workItemId: number, files: readonly AttachedFile[]) => Promise<void>,
    facts?: ChangeFacts,
  ): Promise<void> {
    if (files.length === 0 || isBusy(files)) return;
    const runAll = async (): Promise<void> => {
      for (const [id, filesOfItem] of byWorkItem(files, ({ workItemId }) => workItemId))
        await task(id, filesOfItem).catch((error: unknown) => addErrors(errorOf(filesOfItem, error)));
    };
    await whileBusy(files, runAll, facts);
  }

  /** Ends the offer to undo a removal with one click. */
  function endUndoLater(): void {
    const { justRemoved } = store.getSnapshot();
    runtime.setTimer(UNDO_MS, () =>
      store.dispatch((state) => (state.justRemoved === justRemoved ? { justRemoved: new Set() } : {})),
    );
  }

  return {
    async remove(chosen) {
      // Those in texts are not on the list of attachments.
      const files = chosen.filter(({ inText }) => !inText);
      const { workItemId: openItemId } = store.getSnapshot();
      const removed: RemovedFile[] = [];
      const removeFrom = async (workItemId: number, filesOfItem: readonly AttachedFile[]): Promise<void> => {
        removed.push(...(await removeFiles(attachments, workItemId, filesOfItem)));
        const keys = new Set(removed.map(({ file }) => keyOfFile(file)));
        const isOld = ({ file }: RemovedFile): boolean => !keys.has(keyOfFile(file));
        if (!changeBin(openItemId, (bin) => [...removed, ...bin.filter(isOld)])) return;
        store.dispatch((state) => ({
          files: state.files?.filter((file) => !keys.has(keyOfFile(file))),
          justRemoved: keys,
        }));
        endUndoLater();
      };
      await forEachItem(files, removeFrom, { isRemoval: true });
    },

    restore(removed) {
      const { workItemId: openItemId } = store.getSnapshot();
      return forEachItem(
        removed.map(({ file }) => file),
        async (workItemId) => {
          const removedFromItem = removed.filter(({ file }) => file.workItemId === workItemId);
          const { restored, failures } = await restoreFiles(attachments, workItemId, removedFromItem);
          if (!changeBin(openItemId, (bin) => bin.filter(({ file }) => !restored.has(keyOfFile(file)))))
            return;
          store.dispatch(({ justRemoved }) => ({
            justRemoved: new Set([...justRemoved].filter((key) => !restored.has(key))),
          }));
          addErrors(...failures.map(({ file, error }) => errorOf([file], error)));
        },
      );
    },

    dismissRemoval: () => store.dispatch(() => ({ justRemoved: new Set() })),

    async changeComment(file, comment) {
      const { workItemId, reference, folder } = file;
      await whileBusy([file], () =>
        file.volumes
          ? attachments.editParts(file, { comment })
          : attachments.changeComment(workItemId, reference.id, writeComment({ comment, folder })),
      );
    },
  };
}

/**
 * Removes files from one work item, split ones with all their volumes.
 *
 * @returns The attachments found there, ready to be restored.
 * @throws StaplerError See `AttachmentEditor.remove`.
 */
export async function removeFiles(
  attachments: Pick<Attachments, 'remove'>,
  workItemId: number,
  files: readonly AttachedFile[],
): Promise<readonly RemovedFile[]> {
  const parts = files.flatMap(partsOf);
  const ids = parts.map(({ reference }) => reference.id);
  const { removed } = await attachments.remove(workItemId, ids);
  const linkables = new Map(removed.map((linkable) => [linkable.reference.id, linkable]));
  return parts.flatMap((file) => {
    const linkable = linkables.get(file.reference.id);
    return linkable ? [{ file, linkable }] : [];
  });
}

/** Result of restoring removed files to one work item. */
export interface Restoration {
  /** Keys of the restored files. */
  readonly restored: ReadonlySet<string>;
  readonly failures: readonly { readonly file: AttachedFile; readonly error: unknown }[];
}

/** Links removed files to their work item again. */
export async function restoreFiles(
  attachments: Pick<Attachments, 'link'>,
  workItemId: number,
  removed: readonly RemovedFile[],
): Promise<Restoration> {
  const linkables = removed.map(({ linkable }) => linkable);
  const { failures } = await attachments.link(workItemId, linkables);
  const hasFailed = ({ linkable }: RemovedFile): boolean => failures.has(linkable.reference.id);
  return {
    restored: new Set(removed.filter((each) => !hasFailed(each)).map(({ file }) => keyOfFile(file))),
    failures: removed
      .filter(hasFailed)
      .map(({ file, linkable }) => ({ file, error: failures.get(linkable.reference.id) })),
  };
}
