import type { AttachedFile } from '../model/attached-file';
import { keyOfFile, partsOf } from '../model/attached-file';
import type { LinkableAttachment } from '../../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { loadModule } from '../../base/load-module';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import { writeComment } from '../../upload/intake/folder-mark';
import type { Attachments } from '../attachments';
import type { RemovedFile } from '../gallery-state';
import type { ChangeToolsOptions } from './change-tools';
import { byWorkItem, createChangeTools, errorOf } from './change-tools';
import { removeFiles, restoreFiles } from './file-changes';
import type { Target } from './find-targets';

const loadTargets = () => import(/* webpackChunkName: "transfers" */ './find-targets');

/** Result of the last copy or move. */
export interface Transfer {
  /** Work item in the form at the start. */
  readonly openItemId: number;
  readonly isMove: boolean;
  readonly target: Target;
  /** Files attached to the target now, including those attached before. */
  readonly files: readonly AttachedFile[];
  /** Attachments newly linked to the target. */
  readonly linked: readonly LinkableAttachment[];
  /** Files removed from their sources. */
  readonly removed: readonly RemovedFile[];
  /** An undo in progress, or the reason for its failure. */
  readonly undoing?: 'pending' | Problem;
}

/** Copies and moves files to other work items by linking them, without an upload. */
export interface Transfers extends ReadonlyStore<Transfer | undefined> {
  /** See `findTargets`. */
  readonly find: (text: string, near: number, signal: AbortSignal) => Promise<readonly Target[]>;
  /**
   * Links files to another work item. A move then removes each linked file from its source and puts it into the bin.
   * Reports failures as `errors`. Skips files of the target itself and files in texts; does nothing when one of the others is busy.
   */
  readonly start: (files: readonly AttachedFile[], target: Target, isMove: boolean) => Promise<void>;
  /** Restores the removed files, then removes the linked ones from the target, except those not restored. */
  readonly undo: () => Promise<void>;
  readonly dismiss: () => void;
}

/** Dependencies of `createTransfers`. */
export interface TransfersOptions extends ChangeToolsOptions {
  readonly attachments: Pick<
    Attachments,
    'read' | 'readMany' | 'findByTitle' | 'getBaseUrl' | 'link' | 'remove'
  >;
}

/** Creates the copy and move commands of a gallery. */
export function createTransfers(options: TransfersOptions): Transfers {
  const { attachments, store: gallery } = options;
  const { addErrors, isBusy, whileBusy, changeBin } = createChangeTools(options);
  const store = createStateStore<Transfer | undefined>(undefined, { notify: 'at-once' });

  /** @returns The newly linked attachments, and the failures by GUID. */
  async function linkTo(target: Target, files: readonly AttachedFile[]) {
    const attachedIds = new Set(
      attachmentsOf(await attachments.read(target.id)).map(({ url }) => attachmentIdOf(url)),
    );
    const missing = new Map(
      files
        .flatMap(partsOf)
        .filter(({ reference }) => !attachedIds.has(reference.id))
        .map((file) => [file.reference.id, linkableOf(file)]),
    );
    if (missing.size === 0) return { linked: [], failures: new Map<string, unknown>() };
    const { failures } = await attachments.link(target.id, [...missing.values()]);
    return { linked: [...missing.values()].filter(({ reference }) => !failures.has(reference.id)), failures };
  }

  /** Removes files from their sources, one work item at a time. */
  async function removeAll(
    openItemId: number,
    files: readonly AttachedFile[],
  ): Promise<readonly RemovedFile[]> {
    const removed: RemovedFile[] = [];
    for (const [id, filesOfItem] of byWorkItem(files, ({ workItemId }) => workItemId)) {
      try {
        removed.push(...(await removeFiles(attachments, id, filesOfItem)));
      } catch (error) {
        addErrors(...filesOfItem.map((file) => errorOf([file], error)));
      }
    }
    changeBin(openItemId, (bin) => [...removed, ...bin]);
    return removed;
  }

  /** @returns The GUIDs of the files not restored. They must stay on the target. */
  async function restoreAll({ openItemId, removed }: Transfer): Promise<ReadonlySet<string>> {
    const notRestored = new Set<string>();
    for (const [id, removedFromItem] of byWorkItem(removed, ({ file }) => file.workItemId)) {
      const { restored, failures } = await restoreFiles(attachments, id, removedFromItem);
      changeBin(openItemId, (bin) => bin.filter(({ file }) => !restored.has(keyOfFile(file))));
      for (const { file, error } of failures) {
        notRestored.add(file.reference.id);
        addErrors(errorOf([file], error));
      }
    }
    return notRestored;
  }

  async function transfer(files: readonly AttachedFile[], target: Target, isMove: boolean): Promise<void> {
    const { workItemId: openItemId } = gallery.getSnapshot();
    const { linked, failures } = await linkTo(target, files);
    const failureOf = (file: AttachedFile): AttachedFile | undefined =>
      partsOf(file).find(({ reference }) => failures.has(reference.id));
    for (const file of files) {
      const failed = failureOf(file);
      if (failed) addErrors(errorOf([file], failures.get(failed.reference.id), target));
    }
    const done = files.filter((file) => !failureOf(file));
    if (done.length === 0) return;
    const removed = isMove ? await removeAll(openItemId, done) : [];
    store.setState({ openItemId, isMove, target, files: done, linked, removed });
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    async find(text, near, signal) {
      const { findTargets } = await loadModule(loadTargets);
      return findTargets(attachments, { text, near }, signal);
    },

    async start(chosen, target, isMove) {
      const files = chosen.filter(({ inText }) => !inText);
      // A file of the target would be removed with no new link to replace it.
      const others = files.filter(({ workItemId }) => workItemId !== target.id);
      const { workItemId: openItemId } = gallery.getSnapshot();
      if (others.length === 0 && files.length > 0)
        store.setState({ openItemId, isMove, target, files, linked: [], removed: [] });
      if (others.length === 0 || isBusy(others)) return;
      store.setState(undefined);
      const sources = isMove ? others.map(({ workItemId }) => workItemId) : [];
      await whileBusy(others, () => transfer(others, target, isMove), {
        workItemIds: [...sources, target.id],
      }).catch((error: unknown) => addErrors(errorOf(others, error, target)));
    },

    async undo() {
      const state = store.getSnapshot();
      if (!state || state.undoing === 'pending') return;
      store.setState({ ...state, undoing: 'pending' });
      try {
        const notRestored = await restoreAll(state);
        const ids = state.linked.map(({ reference }) => reference.id).filter((id) => !notRestored.has(id));
        if (ids.length > 0) await attachments.remove(state.target.id, ids);
        store.setState(undefined);
      } catch (error) {
        store.setState({ ...state, undoing: toProblem(error) });
      }
      options.readAgain();
    },

    dismiss: () => store.setState(undefined),
  };
}

function linkableOf({ reference, name, size = 0, ...file }: AttachedFile): LinkableAttachment {
  return { reference, name, comment: writeComment(file), size };
}
