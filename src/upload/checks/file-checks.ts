import type { LinkTarget } from '../../azure/work-item';
import { toProblem } from '../../base/errors';
import { kindOf } from '../../base/file-kind';
import { loadModule } from '../../base/load-module';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { Picked } from '../intake/intake';
import type { PickedFile, UploadId } from '../upload';
import type { ExcessFiles } from './excess-files';
import type { CheckWork, CheckWorkOptions, createCheckWork } from './check-work';
import type { CheckNote, ChecksState, HeldAnswer, HeldFile, HoldFile, PassFiles } from './checks-state';

/** Checks files before their uploads begin, so that only bytes that may leave are stored and sent. */
export interface FileChecks extends ReadonlyStore<ChecksState> {
  /**
   * Passes on each file once, unless it is left out. Files without findings are passed on at once or within a second,
   * others after the decision of the user. Resolves once each file is passed on or waits for a decision. Never rejects.
   */
  readonly check: (picked: Picked, target: LinkTarget, pass: PassFiles) => Promise<void>;
  /** See `ExcessFiles`. @throws StaplerError if the code of the checks cannot be loaded. */
  readonly holdExcess: ExcessFiles['hold'];
  /** Shows the facts about files that have become uploads. */
  readonly onAdded: (added: ReadonlyMap<UploadId, PickedFile>, target: LinkTarget) => void;
  /** Holds pasted images for the editor, if the user has chosen so. Called with new uploads. */
  readonly editPasted: (ids: readonly UploadId[]) => void;
  /** @param comment For the attachments. Default: that of each file. */
  readonly answer: (ids: readonly string[], answer: HeldAnswer, comment?: string) => void;
  /** Ends the work that the user has decided on, and asks again. */
  readonly stop: (ids: readonly string[]) => void;
  /** Passes files on without a search for secrets. */
  readonly skip: (ids: readonly string[]) => void;
  /** Uploads the files as they were picked, in place of the changed ones. */
  readonly undo: (notes: readonly CheckNote[]) => void;
  readonly dismiss: (notes: readonly CheckNote[]) => void;
  /** Changes the targets of all files, for example from a draft to its work item. */
  readonly retarget: (change: (target: LinkTarget) => LinkTarget) => void;
}

/** Dependencies of `createFileChecks`. */
export type FileChecksOptions = WithoutEdges<CheckWorkOptions> & {
  /** Default: loads `check-work`. */
  readonly load?: () => Promise<{ readonly createCheckWork: typeof createCheckWork }>;
};

/** Keeps the members of a union apart. */
type WithoutEdges<Options> = Options extends unknown ? Omit<Options, 'store' | 'hold'> : never;

const importWork = () => import(/* webpackChunkName: "checks" */ './check-work');

/** Kinds of files without rules for their content. */
const UNCHECKED_KINDS: readonly string[] = ['video', 'audio', 'pdf', 'archive', 'document'];

/** Starts without files. The code of the checks is loaded with the first file that needs them. */
export function createFileChecks({ load = importWork, ...options }: FileChecksOptions): FileChecks {
  const store = createStateStore<ChecksState>({ checking: [], held: [], notes: [] });
  /** A policy has rules for all files. */
  const isJudged = (file: PickedFile): boolean =>
    options.policy !== undefined ||
    needsCheck(file) ||
    file.size > (options.limits?.fileLimit.bytes() ?? Infinity);
  let work: CheckWork | undefined;
  let lastId = 0;

  const setHeld = (change: (held: readonly HeldFile[]) => readonly HeldFile[]): void =>
    store.setState((state) => ({ ...state, held: change(state.held) }));
  const hold: HoldFile = (file) => {
    const added = { ...file, id: String(++lastId), isBusy: false };
    setHeld((held) => [...held, added]);
    return added;
  };

  async function loadWork(): Promise<CheckWork> {
    const { createCheckWork } = await loadModule(load);
    // Another drop may have been faster.
    return (work ??= createCheckWork({ ...options, store, hold }));
  }

  async function checkWithWork(picked: Picked, target: LinkTarget, pass: PassFiles): Promise<void> {
    if (!work) {
      try {
        await loadWork();
      } catch (error) {
        const reason = { kind: 'unchecked', problem: toProblem(error) } as const;
        for (const file of picked.accepted.filter(isJudged)) hold({ file, target, pass, reason });
        pass({ ...picked, accepted: picked.accepted.filter((file) => !isJudged(file)) }, target);
        return;
      }
    }
    await work?.check(picked, target, { pass, needsCheck });
  }

  function check(picked: Picked, target: LinkTarget, pass: PassFiles): Promise<void> {
    if (picked.accepted.some(isJudged)) return checkWithWork(picked, target, pass);
    pass(picked, target);
    return Promise.resolve();
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    check,
    holdExcess: async (...args) => (await loadWork()).holdExcess(...args),
    onAdded: (added, target) => work?.onAdded(added, target),
    editPasted: (ids) => work?.editPasted(ids),
    skip: (ids) => work?.skip(ids),
    stop: (ids) => work?.stop(ids),
    undo: (notes) => work?.undo(notes),
    dismiss: (notes) => work?.dismiss(notes),

    answer(ids, answer, comment) {
      const answered = store.getSnapshot().held.filter(({ id, isBusy }) => ids.includes(id) && !isBusy);
      if (answer !== 'attach' && answer !== 'leave-out' && answer !== 'retry') {
        work?.treat(answered, answer);
        return;
      }
      setHeld((held) => held.filter((file) => !answered.includes(file)));
      for (const { file, target, pass } of answered) {
        const picked = { accepted: [comment ? { ...file, comment } : file], rejected: [] };
        if (answer === 'attach') pass(picked, target);
        if (answer === 'retry') void check(picked, target, pass);
      }
    },

    retarget(change) {
      const move = <Part extends { readonly target: LinkTarget }>(part: Part): Part => ({
        ...part,
        target: change(part.target),
      });
      store.setState(({ checking, held, notes }) => ({
        checking: checking.map(move),
        held: held.map(move),
        notes: notes.map(move),
      }));
    },
  };
}

function needsCheck({ name, size }: PickedFile): boolean {
  return size > 0 && !UNCHECKED_KINDS.includes(kindOf(name));
}
