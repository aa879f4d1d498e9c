import type { AttachedFile } from '../../attached/attached-file';
import { keyOfFile } from '../../attached/attached-file';
import type { LinkableAttachment } from '../../model/attachment';
import { attachmentIdOf } from '../../model/attachment';
import type { Problem } from '../../model/errors';
import { toProblem } from '../../model/errors';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import { attachmentsOf } from '../../model/work-item';
import type { Attachments } from '../attachments';
import type { ChangeToolsOptions } from './change-tools';
import { createChangeTools } from './change-tools';
import type { Target } from './find-targets';
import { findTargets } from './find-targets';
import type { RemovedFile } from '../gallery-state';
import { giveBack, takeAway } from './take-away';

/** What came of copying or moving files, until the next time. */
export interface Transfer {
  /** The work item that was in the form. */
  readonly own: number;
  readonly isMove: boolean;
  readonly target: Target;
  /** Those that are on the target now, whether they were before or not. */
  readonly files: readonly AttachedFile[];
  /** What was linked to the target; the others were there already. */
  readonly linked: readonly LinkableAttachment[];
  /** What was removed where it was. */
  readonly removed: readonly RemovedFile[];
  /** Whether it is being undone, and why that could not be done. */
  readonly undoing?: 'under way' | Problem;
}

/** Copies and moves files to other work items. Nothing is uploaded for it. */
export interface Transfers extends ReadonlyStore<Transfer | undefined> {
  /** The work items that a person may mean by a text. See `findTargets`. */
  readonly find: (text: string, near: number, signal: AbortSignal) => Promise<readonly Target[]>;
  /**
   * Links files to another work item and, for a move, takes those away that are there then; they go to the bin. What
   * fails is told in `troubles`. Does nothing with files that are on the target themselves, or that something else is
   * done with.
   */
  readonly start: (files: readonly AttachedFile[], target: Target, isMove: boolean) => Promise<void>;
  /** Puts back what was removed, and then takes away from the target what was linked to it and is back. */
  readonly undo: () => Promise<void>;
  readonly dismiss: () => void;
}

/** What they are made of. */
export interface TransfersOptions extends ChangeToolsOptions {
  readonly attachments: Pick<Attachments, 'read' | 'readMany' | 'findByTitle' | 'link' | 'remove'>;
}

/** None so far. */
export function createTransfers(options: TransfersOptions): Transfers {
  const { attachments, store: gallery } = options;
  const { tell, isBusy, whileBusy, changeBin } = createChangeTools(options);
  const store = createStateStore<Transfer | undefined>(undefined, { notify: 'at-once' });

  /** @returns What was linked, and why others were not, by their GUIDs. */
  async function linkTo(target: Target, files: readonly AttachedFile[]) {
    const there = new Set(
      attachmentsOf(await attachments.read(target.id)).map(({ url }) => attachmentIdOf(url)),
    );
    const missing = new Map(
      files
        .filter(({ reference }) => !there.has(reference.id))
        .map((file) => [file.reference.id, linkableOf(file)]),
    );
    if (missing.size === 0) return { linked: [], failures: new Map<string, unknown>() };
    const { failures } = await attachments.link(target.id, [...missing.values()]);
    return { linked: [...missing.values()].filter(({ reference }) => !failures.has(reference.id)), failures };
  }

  /** Takes files away from where they are, each work item by itself. */
  async function removeAll(own: number, files: readonly AttachedFile[]): Promise<readonly RemovedFile[]> {
    const gone: RemovedFile[] = [];
    for (const id of new Set(files.map(({ workItemId }) => workItemId))) {
      const its = files.filter(({ workItemId }) => workItemId === id);
      try {
        gone.push(...(await takeAway(attachments, id, its)));
      } catch (error) {
        tell(...its.map(({ name }) => ({ problem: toProblem(error), name })));
      }
    }
    changeBin(own, (bin) => [...gone, ...bin]);
    return gone;
  }

  /** @returns The GUIDs of those that could not be put back: they must stay on the target. */
  async function putAllBack({ own, removed }: Transfer): Promise<ReadonlySet<string>> {
    const stuck = new Set<string>();
    for (const id of new Set(removed.map(({ file }) => file.workItemId))) {
      const its = removed.filter(({ file }) => file.workItemId === id);
      const failures = await giveBack(attachments, id, its);
      const isStuck = ({ file }: RemovedFile): boolean => failures.has(keyOfFile(file));
      const back = new Set(its.filter((each) => !isStuck(each)).map(({ file }) => keyOfFile(file)));
      changeBin(own, (bin) => bin.filter(({ file }) => !back.has(keyOfFile(file))));
      for (const { file } of its.filter(isStuck)) {
        stuck.add(file.reference.id);
        tell({ problem: toProblem(failures.get(keyOfFile(file))), name: file.name });
      }
    }
    return stuck;
  }

  async function transfer(files: readonly AttachedFile[], target: Target, isMove: boolean): Promise<void> {
    const { workItemId: own } = gallery.getSnapshot();
    const { linked, failures } = await linkTo(target, files);
    const isThere = ({ reference }: AttachedFile): boolean => !failures.has(reference.id);
    const done = files.filter(isThere);
    tell(
      ...files
        .filter((file) => !isThere(file))
        .map(({ name, reference }) => ({ problem: toProblem(failures.get(reference.id)), name })),
    );
    if (done.length === 0) return;
    const removed = isMove ? await removeAll(own, done) : [];
    store.setState({ own, isMove, target, files: done, linked, removed });
    if (target.id === own) void options.host.refreshForm(own);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    find: (text, near, signal) => findTargets(attachments, { text, near }, signal),

    async start(files, target, isMove) {
      // What is on the target itself would be taken away with nothing to take its place.
      const others = files.filter(({ workItemId }) => workItemId !== target.id);
      if (others.length === 0 || isBusy(others)) return;
      store.setState(undefined);
      await whileBusy(others, () => transfer(others, target, isMove)).catch((error: unknown) =>
        tell({ problem: toProblem(error), name: others.length === 1 ? others[0]?.name : undefined }),
      );
    },

    async undo() {
      const state = store.getSnapshot();
      if (!state || state.undoing === 'under way') return;
      store.setState({ ...state, undoing: 'under way' });
      try {
        const stuck = await putAllBack(state);
        const ids = state.linked.map(({ reference }) => reference.id).filter((id) => !stuck.has(id));
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

function linkableOf({ reference, name, comment, size = 0 }: AttachedFile): LinkableAttachment {
  return { reference, name, comment, size };
}
