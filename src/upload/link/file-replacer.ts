import type { WorkItem } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { loadModule } from '../../base/load-module';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { LinkOutcome } from './link-attachments';
import type { FileToLink, ReplacedFile, ReplaceFilesOptions } from './replace-files';

/** Replacements that can be undone. */
export interface ReplacedFiles {
  readonly files: readonly ReplacedFile[];
  readonly isUndoing: boolean;
  /** Reason why the last undo failed. */
  readonly problem?: Problem | undefined;
}

/** Links files, some in place of attached ones. */
export interface FileReplacer extends ReadonlyStore<ReplacedFiles> {
  /** Like `Linker.link`. @throws StaplerError if the code to replace cannot be loaded */
  readonly link: (workItemId: number, files: readonly FileToLink[]) => Promise<LinkOutcome>;
  /** Puts the former files of a work item back and removes their successors, in one revision. Never rejects. */
  readonly undo: (workItemId: number) => Promise<void>;
  /** Forgets all replacements. */
  readonly dismiss: () => void;
}

/** Dependencies of `createFileReplacer`. */
export interface FileReplacerOptions extends ReplaceFilesOptions {
  /** Called after files have replaced attached ones. */
  readonly onReplaced: (replaced: readonly ReplacedFile[]) => void;
  /** Called after an undo with the undone replacements. */
  readonly onUndone: (workItem: WorkItem, undone: readonly ReplacedFile[]) => void;
}

const loadReplace = () => loadModule(() => import(/* webpackChunkName: "duplicates" */ './replace-files'));

/** Creates a replacer. The code to replace is loaded when a file replaces another one for the first time. */
export function createFileReplacer(options: FileReplacerOptions): FileReplacer {
  const { services, linker, onReplaced, onUndone } = options;
  const store = createStateStore<ReplacedFiles>({ files: [], isUndoing: false });
  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async link(workItemId, files) {
      if (files.every(({ replaces }) => replaces === undefined)) return linker.link(workItemId, files);
      const { replaceFiles } = await loadReplace();
      const { replaced, ...outcome } = await replaceFiles(options, workItemId, files);
      if (replaced.length > 0) {
        store.setState(({ files: before }) => ({ files: [...before, ...replaced], isUndoing: false }));
        onReplaced(replaced);
      }
      return outcome;
    },

    async undo(workItemId) {
      const { files, isUndoing } = store.getSnapshot();
      const undone = files.filter((file) => file.workItemId === workItemId);
      if (isUndoing || undone.length === 0) return;
      store.setState({ files, isUndoing: true });
      try {
        const { restoreReplaced } = await loadReplace();
        const workItem = await restoreReplaced(services, workItemId, undone);
        const left = store.getSnapshot().files.filter((file) => !undone.includes(file));
        store.setState({ files: left, isUndoing: false });
        onUndone(workItem, undone);
      } catch (error) {
        store.setState((now) => ({ ...now, isUndoing: false, problem: toProblem(error) }));
      }
    },

    dismiss: () => store.setState({ files: [], isUndoing: false }),
  };
}
