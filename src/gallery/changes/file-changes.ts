import type { AttachedFile } from '../../attached/attached-file';
import { keyOfFile } from '../../attached/attached-file';
import { toProblem } from '../../model/errors';
import type { Runtime } from '../../base/runtime';
import type { Attachments } from '../attachments';
import type { ChangeToolsOptions } from './change-tools';
import { createChangeTools } from './change-tools';
import type { RemovedFile } from '../gallery-state';
import { giveBack, takeAway } from './take-away';

/** What can be changed about files that are attached. What fails is told of in `troubles`. */
export interface FileChanges {
  /** Takes files away from their work items; `putBack` undoes it. */
  readonly remove: (files: readonly AttachedFile[]) => Promise<void>;
  readonly putBack: (removed: readonly RemovedFile[]) => Promise<void>;
  /**
   * Gives a file another comment. Whoever asks for it tells the person what fails.
   *
   * @throws StaplerError See `AttachmentEditor.changeComment`; `conflict` when something else is done with the file.
   */
  readonly changeComment: (file: AttachedFile, comment: string) => Promise<void>;
}

/** What they are made of. */
export interface FileChangesOptions extends ChangeToolsOptions {
  readonly attachments: Pick<Attachments, 'remove' | 'link' | 'changeComment'>;
  readonly runtime: Runtime;
}

/** Time for a second thought after a removal, in milliseconds; the bin keeps what is removed for longer. */
const UNDO_MS = 10_000;

/** Removals and what undoes them, and changes of what is said of a file. */
export function createFileChanges(options: FileChangesOptions): FileChanges {
  const { store, attachments, runtime } = options;
  const { tell, whileBusy, forEachItem, changeBin } = createChangeTools(options);

  return {
    async remove(files) {
      const { workItemId: own } = store.getSnapshot();
      const gone: RemovedFile[] = [];
      await forEachItem(files, async (workItemId, its) => {
        gone.push(...(await takeAway(attachments, workItemId, its)));
        const keys = new Set(gone.map(({ file }) => keyOfFile(file)));
        const isOld = ({ file }: RemovedFile): boolean => !keys.has(keyOfFile(file));
        if (!changeBin(own, (bin) => [...gone, ...bin.filter(isOld)])) return;
        store.dispatch((state) => ({
          files: state.files?.filter((file) => !keys.has(keyOfFile(file))),
          justRemoved: keys,
        }));
      });
      const { justRemoved } = store.getSnapshot();
      runtime.setTimer(UNDO_MS, () =>
        store.dispatch((state) => (state.justRemoved === justRemoved ? { justRemoved: new Set() } : {})),
      );
    },

    putBack(removed) {
      const { workItemId: own } = store.getSnapshot();
      return forEachItem(
        removed.map(({ file }) => file),
        async (workItemId) => {
          const its = removed.filter(({ file }) => file.workItemId === workItemId);
          const failures = await giveBack(attachments, workItemId, its);
          const isBack = ({ file }: RemovedFile): boolean => !failures.has(keyOfFile(file));
          const back = new Set(its.filter(isBack).map(({ file }) => keyOfFile(file)));
          if (!changeBin(own, (bin) => bin.filter(({ file }) => !back.has(keyOfFile(file))))) return;
          store.dispatch(({ justRemoved }) => ({
            justRemoved: new Set([...justRemoved].filter((key) => !back.has(key))),
          }));
          const stuck = its.filter((each) => !isBack(each)).map(({ file }) => file);
          tell(
            ...stuck.map((file) => ({ problem: toProblem(failures.get(keyOfFile(file))), name: file.name })),
          );
        },
      );
    },

    async changeComment(file, comment) {
      const { workItemId, reference } = file;
      await whileBusy([file], () => attachments.changeComment(workItemId, reference.id, comment));
    },
  };
}
