import pLimit from 'p-limit';
import type { LinkTarget } from '../../azure/work-item';
import { coalesce, withTimeout } from '../../base/async';
import { CancelledError } from '../../base/errors';
import type { StateStore } from '../../base/store';
import type { Picked } from '../intake/intake';
import type { FileRules } from '../rules/file-rules';
import type { PolicyRules } from '../rules/policy/policy';
import type { PolicySource } from '../rules/policy/policy-source';
import { strictestRules } from '../rules/strictest-rules';
import type { PickedFile, RejectedFile } from '../upload';
import type { CheckSettings } from './check-choice';
import { checkChoiceIn } from './check-choice';
import type { Checking, ChecksState, HeldFile, HoldFile, PassFiles } from './checks-state';
import type { JudgeOptions, Verdict } from './judge-file';
import { judgeFile } from './judge-file';
import type { PolicyForDrop, PolicyItems } from './judge-policy';
import type { LargeFiles } from './large-files';
import { messageOf, readPolicyFor } from './judge-policy';

/** Checks of drops, pastes and picks. */
export interface DropChecks {
  /** Passes on each file once, unless it is held. Never rejects. */
  readonly check: (picked: Picked, target: LinkTarget, options: CheckOptions) => Promise<void>;
  /** Ends the searches for secrets in these drops. */
  readonly skip: (ids: readonly string[]) => void;
}

/** Options of `DropChecks.check`. */
export interface CheckOptions {
  readonly pass: PassFiles;
  /** Whether a rule may apply to the content of a file. */
  readonly needsCheck: (file: PickedFile) => boolean;
}

/** Dependencies of `createDropChecks`. */
export interface DropChecksOptions extends JudgeOptions {
  readonly store: StateStore<ChecksState>;
  readonly settings: CheckSettings;
  readonly hold: HoldFile;
  /** Called with the verdict on a file before it is passed on. */
  readonly remember: (verdict: PolicyPass) => void;
  /** Default: no policy. */
  readonly policy?: PolicySource | undefined;
  readonly large: Pick<LargeFiles, 'judge' | 'treat'>;
  /** Facts for the policy. */
  readonly items?: PolicyItems;
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
export function createDropChecks(options: DropChecksOptions): DropChecks {
  const { store, settings, hold, remember, large, runtime } = options;
  const choice = checkChoiceIn(settings);
  const limit = pLimit(MAX_PARALLEL);
  const skips = new Map<string, AbortController>();
  let lastId = 0;

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
    let passOn = pass;
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
      if (files.length + refused.length > 0) passOn({ accepted: files, rejected: refused }, targetNow());
    }
    const passSoon = coalesce(runtime, BATCH_MS, passReady);

    function settle(index: number, file: PickedFile, verdict: Verdict): void {
      left--;
      switch (verdict.kind) {
        case 'pass':
          remember(verdict);
          ready[index] = verdict.file;
          break;
        case 'hold':
          holdFile(file, verdict, { target: targetNow(), pass: passOn }, options);
          break;
        case 'refuse':
          rejected = [...rejected, refusalOf(file, verdict.problem)];
      }
      if (!isSlow) return;
      updateChecking(id, { count: left });
      passSoon();
    }

    async function judgeSize(verdict: Verdict, rules: PolicyRules): Promise<Verdict> {
      if (verdict.kind !== 'pass') return verdict;
      const judged = await large.judge(verdict.file, targetNow(), rules);
      if (judged.kind === 'pass') return verdict;
      remember(verdict);
      return judged;
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
    const rules = strictestRules({}, policy.targets, chosen);
    if (policy.rules.requireComment) passOn = askForComments(pass);
    await Promise.all(
      accepted.map(async (file, index) => {
        const judge = (): Promise<Verdict> =>
          needsCheck(file)
            ? judgeFile(file, rules, skip.signal, options)
            : Promise.resolve({ kind: 'pass', file });
        const judgeAll = async (): Promise<Verdict> =>
          judgeSize(await judgeByPolicy(file, policy, judge), policy.rules);
        settle(index, file, await limit(judgeAll));
      }),
    );
    stopSlow();
    stopSkip();
    skips.delete(id);
    passReady();
    setChecking((all) => all.filter((each) => each.id !== id));
  }

  /** Holds files without a comment until the user has written one. */
  function askForComments(pass: PassFiles): PassFiles {
    const passOn: PassFiles = ({ accepted, rejected }, target) => {
      const ready = accepted.filter(hasComment);
      for (const file of accepted)
        if (!hasComment(file)) hold({ file, target, reason: { kind: 'comment' }, pass: passOn });
      if (ready.length + rejected.length > 0) pass({ accepted: ready, rejected }, target);
    };
    return passOn;
  }

  return {
    check: checkAll,

    skip(ids) {
      for (const id of ids) skips.get(id)?.abort();
    },
  };
}

/** Holds a file as its verdict says, and begins what the policy has decided. */
export function holdFile(
  file: PickedFile,
  verdict: Extract<Verdict, { kind: 'hold' }>,
  way: Pick<HeldFile, 'target' | 'pass'>,
  { hold, large }: Pick<DropChecksOptions, 'hold' | 'large'>,
): void {
  const held = hold({ ...way, file: verdict.file ?? file, reason: verdict.reason });
  if (verdict.answer) large.treat([held], verdict.answer);
}

/** A file that is passed on, with the rules for what follows. */
export type PolicyPass = Verdict & {
  readonly kind: 'pass';
  readonly rules?: PolicyRules;
};

/** Judges a file by the policy, and by its content if the policy lets it go. Never rejects. */
async function judgeByPolicy(
  file: PickedFile,
  policy: PolicyForDrop,
  judge: () => Promise<Verdict>,
): Promise<Verdict> {
  const { rules, isUnread } = policy;
  let problem: RejectedFile['problem'] | undefined;
  try {
    problem = await policy.judge(file);
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
    ...{ kind: 'pass', file: passed, rules },
    facts: [...facts, ...(isUnread ? [{ kind: 'policy-unread' } as const] : [])],
    // A rule of the project is not undone.
    ...(original && rules.metadata === undefined && { original }),
  };
  return pass;
}

function hasComment({ comment = '' }: PickedFile): boolean {
  return comment.trim() !== '';
}

/** Lists a file that is refused. */
export function refusalOf(
  { name, size, folder }: PickedFile,
  problem: RejectedFile['problem'],
): RejectedFile {
  return { name, size, folder, problem };
}
