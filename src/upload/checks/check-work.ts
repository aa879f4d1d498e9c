import type { LinkTarget } from '../../azure/work-item';
import type { Picked } from '../intake/intake';
import type { PickedFile, UploadId } from '../upload';
import type { CheckedUploadsOptions } from './checked-uploads';
import { createCheckedUploads } from './checked-uploads';
import type { CheckOptions, DropChecksOptions, PolicyPass } from './check-drop';
import { createDropChecks, holdFile, refusalOf } from './check-drop';
import type { CheckedFiles, CheckNote, HeldFile, PassFiles, Treatment } from './checks-state';
import type { LargeFilesOptions } from './large-files';
import { createLargeFiles } from './large-files';
import type { ExcessFiles } from './excess-files';
import { createExcessFiles } from './excess-files';
import type { HeldWork } from './held-work';
import { createHeldWork } from './held-work';
import type { Verdict } from './judge-file';
import { maskFile } from './judge-file';
import type { TreatmentsOptions } from '../over-limit/treatments';
import { createTreatments } from '../over-limit/treatments';

/** The checks of a frame, once a file needs them. */
export interface CheckWork {
  /** See `DropChecks`. */
  readonly check: (picked: Picked, target: LinkTarget, options: CheckOptions) => Promise<void>;
  readonly onAdded: (added: ReadonlyMap<UploadId, PickedFile>, target: LinkTarget) => void;
  /** See `FileChecks`. */
  readonly editPasted: (ids: readonly UploadId[]) => void;
  /** Changes files as the user has decided, and passes them on. */
  readonly treat: (held: readonly HeldFile[], answer: 'bundle' | 'mask' | Treatment) => void;
  /** See `HeldWork`. */
  readonly stop: HeldWork['stop'];
  /** See `ExcessFiles`. */
  readonly holdExcess: ExcessFiles['hold'];
  readonly skip: (ids: readonly string[]) => void;
  readonly undo: (notes: readonly CheckNote[]) => void;
  readonly dismiss: (notes: readonly CheckNote[]) => void;
}

/** Place of the checked files: the queue of their uploads, or a plan. */
type CheckedFilesOptions =
  (CheckedUploadsOptions & { readonly files?: never }) | { readonly files: CheckedFiles };

/** Dependencies of `createCheckWork`. */
export type CheckWorkOptions = Omit<DropChecksOptions, 'remember' | 'large'> &
  Pick<LargeFilesOptions, 'limits'> &
  Partial<Pick<TreatmentsOptions, 'loadOpenImage'>> &
  CheckedFilesOptions;

/** Starts without files. */
export function createCheckWork(options: CheckWorkOptions): CheckWork {
  const { store } = options;
  /** Verdicts on files that are passed on, until they are uploads. By their bytes: a comment may still be added. */
  const verdicts = new WeakMap<Blob, PolicyPass>();
  const remember = (verdict: PolicyPass): void => void verdicts.set(verdict.file.source, verdict);
  const treatments = createTreatments(options);
  const work = createHeldWork(store);
  const large = createLargeFiles({ ...options, work, treatments });
  const excess = createExcessFiles({ ...options, work, treatments });
  const drops = createDropChecks({ ...options, remember, large });

  const { undo, onGone, onRefused, setDuplicates, noteAuthors, editPasted } =
    options.files ?? createCheckedUploads(options);
  onGone((gone) => {
    if (store.getSnapshot().notes.some(({ uploadId }) => gone.has(uploadId)))
      store.setState((state) => ({
        ...state,
        notes: state.notes.filter(({ uploadId }) => !gone.has(uploadId)),
      }));
  });

  /** How each file goes on, by its bytes. */
  const passes = new WeakMap<Blob, PassFiles>();
  onRefused?.((file, target) => {
    const pass = passes.get(file.source);
    if (pass) void askAgain(file, target, pass);
  });

  /** Asks about a file that the server has refused for its size. */
  async function askAgain(file: PickedFile, target: LinkTarget, pass: PassFiles): Promise<void> {
    const verdict = await large.judge(file, target, verdicts.get(file.source)?.rules ?? {});
    const way = { target, pass };
    if (verdict.kind === 'hold') holdFile(file, verdict, way, { ...options, large });
    else passVerdict(verdict, file, way);
  }

  function passVerdict(
    verdict: Exclude<Verdict, { kind: 'hold' }>,
    file: PickedFile,
    { target, pass }: Pick<HeldFile, 'target' | 'pass'>,
  ): void {
    if (verdict.kind === 'pass') pass({ accepted: [verdict.file], rejected: [] }, target);
    else pass({ accepted: [], rejected: [refusalOf(file, verdict.problem)] }, target);
  }

  /** The policy may have rules for a zip. */
  function checkZip({ pass }: HeldFile): PassFiles {
    return (zip, target) => void drops.check(zip, target, { pass, needsCheck: () => false });
  }

  function dismiss(notes: readonly CheckNote[]): void {
    store.setState((state) => ({ ...state, notes: state.notes.filter((note) => !notes.includes(note)) }));
  }

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
    if (verdict.kind === 'hold') return;
    if (verdict.kind === 'pass') remember(verdict);
    passVerdict(verdict, file, { target: held.target, pass });
  }

  return {
    check(picked, target, checkOptions) {
      const pass: PassFiles = (files, now) => {
        for (const { source } of files.accepted) passes.set(source, checkOptions.pass);
        checkOptions.pass(files, now);
      };
      return drops.check(picked, target, { ...checkOptions, pass });
    },

    onAdded(added, target) {
      const notes = [...added].flatMap(([uploadId, file]): CheckNote[] => {
        const { facts = [], original, rules } = verdicts.get(file.source) ?? {};
        if (rules?.duplicates) setDuplicates?.(uploadId, rules.duplicates);
        return facts.map((fact) => ({
          ...{ uploadId, name: file.name, target, fact },
          ...(original && fact.kind === 'removed' && { original }),
        }));
      });
      if (notes.length > 0) store.setState((state) => ({ ...state, notes: [...state.notes, ...notes] }));
      noteAuthors?.(added);
    },

    editPasted: (ids) => editPasted?.(ids),

    stop: work.stop,
    holdExcess: excess.hold,

    treat(held, answer) {
      if (answer === 'bundle') {
        for (const each of held) excess.bundle(each, checkZip(each));
        return;
      }
      if (answer !== 'mask') {
        large.treat(held, answer);
        return;
      }
      const ids = new Set(held.map(({ id }) => id));
      store.setState((state) => ({
        ...state,
        held: state.held.map((file) => (ids.has(file.id) ? { ...file, isBusy: true } : file)),
      }));
      for (const file of held) void maskOne(file);
    },

    skip: drops.skip,

    dismiss,

    undo(notes) {
      dismiss(notes);
      for (const { uploadId, original } of notes) if (original) undo(uploadId, original);
    },
  };
}
