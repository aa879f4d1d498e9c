import type { LinkTarget } from '../../azure/work-item';
import { isEditable } from '../../base/file-kind';
import type { DuplicateAnswer } from '../duplicate-questions';
import type { Picked } from '../intake/intake';
import type { UploadQueue } from '../queue/upload-queue';
import type { PickedFile, UploadId } from '../upload';
import { checkChoiceIn } from './check-choice';
import type { CheckOptions, DropChecksOptions, PolicyPass } from './check-drop';
import { createDropChecks, refusalOf } from './check-drop';
import type { CheckNote, HeldFile } from './checks-state';
import { maskFile } from './judge-file';
import { createUndo } from './undo-changes';

/** The checks of a frame, once a file needs them. */
export interface CheckWork {
  readonly check: (picked: Picked, target: LinkTarget, options: CheckOptions) => void;
  readonly onAdded: (added: ReadonlyMap<UploadId, PickedFile>, target: LinkTarget) => void;
  /** See `FileChecks`. */
  readonly editPasted: (ids: readonly UploadId[]) => void;
  readonly mask: (held: readonly HeldFile[]) => void;
  readonly skip: (ids: readonly string[]) => void;
  readonly undo: (notes: readonly CheckNote[]) => void;
}

/** Dependencies of `createCheckWork`. */
export interface CheckWorkOptions extends Omit<DropChecksOptions, 'remember'> {
  readonly queue: Pick<
    UploadQueue,
    'find' | 'add' | 'cancel' | 'remove' | 'setDuplicate' | 'holdForEdit' | 'onChange'
  >;
  /** Answers questions about duplicates as the policy says. */
  readonly answerDuplicates?: (ids: readonly UploadId[], answer: DuplicateAnswer) => void;
}

/** Starts without files. */
export function createCheckWork(options: CheckWorkOptions): CheckWork {
  const { store, queue } = options;
  /** Verdicts on files that are passed on, until they are uploads. */
  const verdicts = new WeakMap<PickedFile, PolicyPass>();
  const drops = createDropChecks({ ...options, remember: (verdict) => verdicts.set(verdict.file, verdict) });

  const undo = createUndo(queue);
  queue.onChange((changes) => {
    const gone = new Set(
      changes.flatMap(({ before, after }) =>
        before && (!after || after.state.status === 'cancelled') ? [before.id] : [],
      ),
    );
    if (store.getSnapshot().notes.some(({ uploadId }) => gone.has(uploadId)))
      store.setState((state) => ({
        ...state,
        notes: state.notes.filter(({ uploadId }) => !gone.has(uploadId)),
      }));
  });

  /** Answers of the policy to questions about duplicates. */
  const answers = new Map<UploadId, DuplicateAnswer>();
  queue.onChange((changes) => {
    for (const { after } of changes) {
      const answer = after?.duplicate?.status === 'asking' ? answers.get(after.id) : undefined;
      if (!after || !answer) continue;
      answers.delete(after.id);
      // The other listeners first see the change that is reported here.
      void Promise.resolve().then(() => options.answerDuplicates?.([after.id], answer));
    }
  });

  async function maskOne({ id, file, pass }: HeldFile): Promise<void> {
    const verdict = await maskFile(file, options);
    const held = store.getSnapshot().held.find((each) => each.id === id);
    // Its draft was closed meanwhile.
    if (!held) return;
    store.setState((state) => ({
      ...state,
      held: state.held.flatMap((each) => {
        if (each.id !== id) return [each];
        return verdict.kind === 'hold' ? [{ ...each, reason: verdict.reason, isBusy: false }] : [];
      }),
    }));
    if (verdict.kind === 'pass') {
      verdicts.set(verdict.file, verdict);
      pass({ accepted: [verdict.file], rejected: [] }, held.target);
    }
    if (verdict.kind === 'refuse')
      pass({ accepted: [], rejected: [refusalOf(file, verdict.problem)] }, held.target);
  }

  return {
    check: (picked, target, checkOptions) => void drops.check(picked, target, checkOptions),

    onAdded(added, target) {
      const notes = [...added].flatMap(([uploadId, file]): CheckNote[] => {
        const { facts = [], original, duplicates } = verdicts.get(file) ?? {};
        if (duplicates && duplicates !== 'ask')
          answers.set(uploadId, duplicates === 'keep' ? 'keep-both' : duplicates);
        return facts.map((fact) => ({
          ...{ uploadId, name: file.name, target, fact },
          ...(original && fact.kind === 'removed' && { original }),
        }));
      });
      if (notes.length > 0) store.setState((state) => ({ ...state, notes: [...state.notes, ...notes] }));
    },

    editPasted(ids) {
      if (!checkChoiceIn(options.settings).getSnapshot().editsPasted) return;
      for (const id of ids) if (isEditable(queue.find(id)?.file.name ?? '')) queue.holdForEdit(id);
    },

    mask(held) {
      const ids = new Set(held.map(({ id }) => id));
      store.setState((state) => ({
        ...state,
        held: state.held.map((file) => (ids.has(file.id) ? { ...file, isBusy: true } : file)),
      }));
      for (const file of held) void maskOne(file);
    },

    skip: drops.skip,

    undo(notes) {
      store.setState((state) => ({ ...state, notes: state.notes.filter((note) => !notes.includes(note)) }));
      for (const { uploadId, original } of notes) if (original) undo(uploadId, original);
    },
  };
}
