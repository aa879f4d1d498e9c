import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { kindOf } from '../../base/file-kind';
import type { Runtime } from '../../base/runtime';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { Attachments } from '../attachments';
import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import type { PartTexts } from '../split/split-edits';
import type { ChangeToolsOptions } from './change-tools';
import { createChangeTools } from './change-tools';

/** A finished rename, to be undone. */
export interface Renamed {
  /** Work item in the form at the start. */
  readonly openItemId: number;
  /** The file before the rename. */
  readonly file: AttachedFile;
  readonly name: string;
  /** An undo in progress, or the reason for its failure. */
  readonly undoing?: 'pending' | Problem;
}

/** State of renames. */
export interface RenamesState {
  /** Key of the file whose row has a field for its name. */
  readonly editing: string | undefined;
  /** The last rename, for a moment. */
  readonly renamed: Renamed | undefined;
}

/** Renames attached files. */
export interface Renames extends ReadonlyStore<RenamesState> {
  /** Shows a field for the name in the row of a file, or none. */
  readonly edit: (file: AttachedFile | undefined) => void;
  /**
   * Renames a file. The caller reports failures.
   *
   * @throws StaplerError See `renameAttachment`; `conflict` when the file is busy.
   */
  readonly rename: (file: AttachedFile, name: string) => Promise<void>;
  /** Gives the last renamed file its old name. */
  readonly undo: () => Promise<void>;
  readonly dismiss: () => void;
}

/** Dependencies of `createRenames`. */
export interface RenamesOptions extends ChangeToolsOptions {
  readonly attachments: Pick<Attachments, 'rename' | 'editParts'>;
  readonly runtime: Runtime;
}

/** Time to undo a rename with one click, in milliseconds. */
const UNDO_MS = 10_000;

/** Creates the rename command of a gallery. */
export function createRenames(options: RenamesOptions): Renames {
  const { attachments, runtime, store: gallery } = options;
  const { whileBusy } = createChangeTools(options);
  const store = createStateStore<RenamesState>(
    { editing: undefined, renamed: undefined },
    { notify: 'at-once' },
  );
  const change = (facts: Partial<RenamesState>): void => store.setState((state) => ({ ...state, ...facts }));

  /** Returns the new names by GUID. */
  async function sendName(file: AttachedFile, name: string): Promise<PartTexts> {
    const { workItemId, reference, volumes } = file;
    if (volumes) return attachments.editParts(file, { name });
    await attachments.rename(workItemId, reference.id, name);
    return new Map([[reference.id, name]]);
  }

  /** Waits for a save of unsaved edits, if the user wants it: only `onRenamed` tells the end. */
  async function setName(file: AttachedFile, name: string, onRenamed: () => void): Promise<void> {
    await whileBusy([file], async () => {
      const names = await sendName(file, name);
      // The list is read again later.
      gallery.dispatch(({ files }) => ({
        files: files?.map((each) => {
          const newName = each.workItemId === file.workItemId && names.get(each.reference.id);
          return newName ? { ...each, name: newName, kind: kindOf(newName) } : each;
        }),
      }));
      onRenamed();
    });
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    edit: (file) => change({ editing: file && keyOfFile(file) }),

    async rename(file, name) {
      if (name === file.name) return;
      const { workItemId: openItemId } = gallery.getSnapshot();
      change({ renamed: undefined });
      await setName(file, name, () => {
        const renamed = { openItemId, file, name };
        change({ renamed });
        runtime.setTimer(UNDO_MS, () => {
          if (store.getSnapshot().renamed === renamed) change({ renamed: undefined });
        });
      });
    },

    async undo() {
      const { renamed } = store.getSnapshot();
      if (!renamed || renamed.undoing === 'pending') return;
      const { openItemId, file, name } = renamed;
      change({ renamed: { openItemId, file, name, undoing: 'pending' } });
      try {
        await setName(file, file.name, () => change({ renamed: undefined }));
      } catch (error) {
        change({ renamed: { openItemId, file, name, undoing: toProblem(error) } });
      }
    },

    dismiss: () => change({ renamed: undefined }),
  };
}
