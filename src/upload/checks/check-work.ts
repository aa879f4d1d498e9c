import pLimit from 'p-limit';
import type { LinkTarget } from '../../azure/work-item';
import { coalesce, withTimeout } from '../../base/async';
import { CancelledError } from '../../base/errors';
import type { StateStore } from '../../base/store';
import type { Picked } from '../intake/intake';
import type { UploadQueue } from '../queue/upload-queue';
import type { FileRules } from '../rules/file-rules';
import type { DuplicatesRule } from '../rules/policy/policy';
import type { PolicySource } from '../rules/policy/policy-source';
import type { DuplicateAnswer } from '../duplicate-questions';
import type { PickedFile, RejectedFile, UploadId } from '../upload';
import type { CheckSettings } from './check-choice';
import { checkChoiceIn } from './check-choice';
import type { Checking, CheckNote, ChecksState, HeldFile, PassFiles } from './checks-state';
import type { JudgeOptions, Verdict } from './judge-file';
import { judgeFile, maskFile } from './judge-file';
import type { PolicyForDrop, PolicyItems } from './judge-policy';
import { messageOf, readPolicyFor } from './judge-policy';
import { createUndo } from './undo-changes';

/** The checks of a frame, once a file needs them. */
export interface CheckWork {
  readonly check: (picked: Picked, target: LinkTarget, options: CheckOptions) => void;
  readonly onAdded: (added: ReadonlyMap<UploadId, PickedFile>, target: LinkTarget) => void;
  readonly mask: (held: readonly HeldFile[]) => void;
  readonly skip: (ids: readonly string[]) => void;
  readonly undo: (notes: readonly CheckNote[]) => void;
}

/** Options of `CheckWork.check`. */
export interface CheckOptions {
  readonly pass: PassFiles;
  /** Whether a rule may apply to the content of a file. */
  readonly needsCheck: (file: PickedFile) => boolean;
}

/** Dependencies of `createCheckWork`. */
export interface CheckWorkOptions extends JudgeOptions {
  readonly store: StateStore<ChecksState>;
  readonly queue: Pick<UploadQueue, 'find' | 'add' | 'cancel' | 'remove' | 'setDuplicate' | 'onChange'>;
  readonly settings: CheckSettings;
  /** Default: no policy. */
  readonly policy?: PolicySource | undefined;
  /** Facts for the policy. */
  readonly items?: PolicyItems;
  /** Answers questions about duplicates as the policy says. */
  readonly answerDuplicates?: (ids: readonly UploadId[], answer: DuplicateAnswer) => void;
  readonly hold: (file: Omit<HeldFile, 'id' | 'isBusy'>) => void;
}

/** Files checked at a time. */
const MAX_PARALLEL = 2;

/** Time to read the person's rules, in milliseconds. */
const MAX_SETTINGS_MS = 2_000;

/** Files of a drop that take longer follow in later batches, in milliseconds. */
const MAX_TOGETHER_MS = 1_000;

/** Interval of these batches, in milliseconds. */
const BATCH_MS = 500;

/** Time before the search for secrets can be skipped, in milliseconds. */
const SKIP_AFTER_MS = 3_000;

/** Starts without files. */
export function createCheckWork(options: CheckWorkOptions): CheckWork {
  const { store, queue, hold, runtime } = options;
  const choice = checkChoiceIn(options.settings);
  const limit = pLimit(MAX_PARALLEL);
  /** Verdicts on files that are passed on, until they are uploads. */
  const verdicts = new WeakMap<PickedFile, PolicyPass>();
  const skips = new Map<string, AbortController>();
  let lastId = 0;

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

  async function readChoice(): Promise<FileRules> {
    await withTimeout(choice.recall(), MAX_SETTINGS_MS, runtime, () => new CancelledError()).catch(
      () => undefined,
    );
    return choice.getSnapshot();
  }

  function setChecking(change: (checking: readonly Checking[]) => readonly Checking[]): void {
    store.setState((state) => ({ ...state, checking: change(state.checking) }));
  }

  function updateChecking(id: string, changes: Partial<Checking>): void {
    setChecking((all) => all.map((each) => (each.id === id ? { ...each, ...changes } : each)));
  }

  async function checkAll(
    picked: Picked,
    arrived: LinkTarget,
    { pass, needsCheck }: CheckOptions,
  ): Promise<void> {
    const { accepted } = picked;
    const id = String(++lastId);
    const skip = new AbortController();
    skips.set(id, skip);
    let left = accepted.length;
    let rejected: readonly RejectedFile[] = picked.rejected;
    const ready: (PickedFile | undefined)[] = [];
    let isSlow = false;
    setChecking((all) => [...all, { id, target: arrived, count: left, isSlow, canSkip: false }]);
    // A draft may have been saved meanwhile.
    const targetNow = (): LinkTarget =>
      store.getSnapshot().checking.find((each) => each.id === id)?.target ?? arrived;

    function passReady(): void {
      const files = ready
        .splice(0, Infinity, ...ready.map(() => undefined))
        .filter((file) => file !== undefined);
      const refused = rejected;
      rejected = [];
      if (files.length + refused.length > 0) pass({ accepted: files, rejected: refused }, targetNow());
    }
    const passSoon = coalesce(runtime, BATCH_MS, passReady);

    function settle(index: number, file: PickedFile, verdict: Verdict): void {
      left--;
      switch (verdict.kind) {
        case 'pass':
          verdicts.set(verdict.file, verdict);
          ready[index] = verdict.file;
          break;
        case 'hold':
          hold({ file, target: targetNow(), reason: verdict.reason, pass });
          break;
        case 'refuse':
          rejected = [...rejected, refusalOf(file, verdict.problem)];
      }
      if (!isSlow) return;
      updateChecking(id, { count: left });
      passSoon();
    }

    const stopSlow = runtime.setTimer(MAX_TOGETHER_MS, () => {
      isSlow = true;
      updateChecking(id, { count: left, isSlow });
      passReady();
    });
    const stopSkip = runtime.setTimer(SKIP_AFTER_MS, () => updateChecking(id, { canSkip: true }));
    const [chosen, policy] = await Promise.all([
      readChoice(),
      readPolicyFor(arrived, options.policy, options.items, runtime),
    ]);
    const { metadata = chosen.metadata, secrets = chosen.secrets } = policy.rules;
    const rules = { metadata, secrets };
    await Promise.all(
      accepted.map(async (file, index) => {
        const judge = (): Promise<Verdict> =>
          needsCheck(file)
            ? judgeFile(file, rules, skip.signal, options)
            : Promise.resolve({ kind: 'pass', file });
        settle(index, file, await limit(() => judgeByPolicy(file, index, policy, judge)));
      }),
    );
    stopSlow();
    stopSkip();
    skips.delete(id);
    passReady();
    setChecking((all) => all.filter((each) => each.id !== id));
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
    if (verdict.kind === 'pass') {
      verdicts.set(verdict.file, verdict);
      pass({ accepted: [verdict.file], rejected: [] }, held.target);
    }
    if (verdict.kind === 'refuse')
      pass({ accepted: [], rejected: [refusalOf(file, verdict.problem)] }, held.target);
  }

  return {
    check: (picked, target, checkOptions) => void checkAll(picked, target, checkOptions),

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

    mask(held) {
      const ids = new Set(held.map(({ id }) => id));
      store.setState((state) => ({
        ...state,
        held: state.held.map((file) => (ids.has(file.id) ? { ...file, isBusy: true } : file)),
      }));
      for (const file of held) void maskOne(file);
    },

    skip(ids) {
      for (const id of ids) skips.get(id)?.abort();
    },

    undo(notes) {
      store.setState((state) => ({ ...state, notes: state.notes.filter((note) => !notes.includes(note)) }));
      for (const { uploadId, original } of notes) if (original) undo(uploadId, original);
    },
  };
}

/** A file that is passed on, with the answer of the policy to a question about a duplicate. */
type PolicyPass = Verdict & { readonly kind: 'pass'; readonly duplicates?: DuplicatesRule | undefined };

/** Judges a file by the policy, and by its content if the policy lets it go. Never rejects. */
async function judgeByPolicy(
  file: PickedFile,
  index: number,
  policy: PolicyForDrop,
  judge: () => Promise<Verdict>,
): Promise<Verdict> {
  const { rules, isUnread } = policy;
  let problem: RejectedFile['problem'] | undefined;
  try {
    problem = await policy.judge(file, index);
  } catch {
    problem = { kind: 'file-unreadable' };
  }
  if (problem) return { kind: 'refuse', problem };
  const verdict = await judge();
  if (verdict.kind === 'refuse' && verdict.problem.kind === 'has-secrets')
    return { kind: 'refuse', problem: { kind: 'has-secrets', brokenRules: messageOf(rules) } };
  if (verdict.kind !== 'pass') return verdict;
  const { facts = [], original, file: passed } = verdict;
  const pass: PolicyPass = {
    ...{ kind: 'pass', file: passed, duplicates: rules.duplicates },
    facts: [
      ...facts,
      ...(rules.requireComment ? [{ kind: 'comment-missing' } as const] : []),
      ...(isUnread ? [{ kind: 'policy-unread' } as const] : []),
    ],
    // A rule of the project is not undone.
    ...(original && rules.metadata === undefined && { original }),
  };
  return pass;
}

function refusalOf({ name, size, folder }: PickedFile, problem: RejectedFile['problem']): RejectedFile {
  return { name, size, folder, problem };
}
