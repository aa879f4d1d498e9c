import { CancelledError, isCancelled } from '../../../base/errors';
import { retry } from '../../../base/retry';
import type { ReadonlyStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import type { CheckedPlan } from './check-plan';
import { checkPlan } from './check-plan';
import type { CleanUpRun, EntryOutcome, ItemEntries } from './clean-up-run';
import { nextBatch, withOutcomes } from './clean-up-run';
import type { CleanUpServices } from './clean-up-services';
import type { CleanUpPlan } from './plan-clean-up';
import { createRemover } from './remove-batch';
import { createRestorer } from './restore-batch';
import type { RunBin } from './run-bin';
import type { RunLocks } from './run-locks';

/** State of a clean-up. */
export interface CleanUpState {
  readonly phase:
    | 'idle'
    /** The dry run reads the work items. Nothing is changed. */
    | 'checking'
    /** The dry run is complete; `checked` is its result. */
    | 'checked'
    | 'removing'
    | 'restoring'
    /** A pause was asked for; the batch in progress ends first. */
    | 'pausing'
    /** `resume` continues. With an `error`, the server or the record could not be reached. */
    | 'paused'
    | 'removed'
    | 'restored'
    /** `error` tells why. Nothing was changed. */
    | 'failed';
  readonly checked?: CheckedPlan;
  /** The run with the outcomes so far; see `reportOf` and `toCsv`. */
  readonly run?: CleanUpRun;
  /** Files of this step. */
  readonly progress?: { readonly done: number; readonly total: number };
  /** Whether no notifications are sent; `undefined` before the server has answered. */
  readonly isQuiet?: boolean | undefined;
  /** Whether the run is recorded, so that it can be restored after the page is closed. */
  readonly isRecorded: boolean;
  readonly error?: unknown;
}

/** Removes the files of a plan, and restores removed ones. One step at a time; a command in another step does nothing. */
export interface CleanUp {
  readonly state: ReadonlyStore<CleanUpState>;
  /** Starts the dry run of a plan. Resolves when it has ended. Never rejects. */
  readonly check: (plan: CleanUpPlan) => Promise<void>;
  /**
   * Removes the files of a complete dry run. Resolves when all have an outcome, or after a pause. Never rejects.
   *
   * @param isRecordOptional Whether to go on if the run cannot be recorded: it is then restored in this page only.
   */
  readonly start: (isRecordOptional?: boolean) => Promise<void>;
  /** Pauses after the batch in progress, or ends the dry run. */
  readonly pause: () => void;
  /** Continues the paused step. */
  readonly resume: () => Promise<void>;
  /**
   * Opens a recorded run of an earlier page, paused if files are left. Resolves with `false` if it is not there any more.
   */
  readonly open: (id: string) => Promise<boolean>;
  /**
   * Links the removed files of the run in the state again, as far as their bytes can be read. Files not removed yet stay.
   */
  readonly restore: () => Promise<void>;
}

/** Dependencies of `createCleanUp`. */
export interface CleanUpOptions {
  readonly services: CleanUpServices;
  readonly bin: RunBin;
  /** Creates the id of a run, unique for this person. */
  readonly createId: () => string;
  /** Called after each batch with the changed work items. */
  readonly onChanged?: (workItemIds: readonly number[]) => void;
  /** Runs a task while this page works on a run, so that others can tell. Default: they cannot. */
  readonly hold?: RunLocks['hold'];
}

/** Work items per batch: the limit of `GroupLinker` too. A lost answer must be cheap to verify. */
const BOUNDS = { maxItems: 50, maxEntries: 500 };

/** Outcomes that a step works on, in this order. */
const STEPS = {
  removing: ['tried', 'open'],
  restoring: ['tried', 'removed', 'not-restored'],
} as const satisfies Readonly<Record<string, readonly EntryOutcome['kind'][]>>;

type Step = keyof typeof STEPS;

/** Creates a clean-up. */
export function createCleanUp(options: CleanUpOptions): CleanUp {
  const { services, bin, hold = holdNothing } = options;
  const { runtime } = services;
  const store = createStateStore<CleanUpState>({ phase: 'idle', isRecorded: false });
  const { getSnapshot } = store;
  const batches = createBatches(options);
  let aborter = new AbortController();
  /** Of the pause. */
  let step: Step = 'removing';

  const change = (changes: Partial<CleanUpState>): void =>
    store.setState((state) => ({ ...state, ...changes, isQuiet: services.isQuiet() }));

  /** Sets the run, and records it if it is recorded at all. */
  async function save(run: CleanUpRun): Promise<void> {
    change({ run });
    if (getSnapshot().isRecorded) await retry(() => bin.save(run), { runtime, maxAttempts: 3 });
  }

  /** Works on the run until it is complete or paused. */
  async function work(name: Step, signal: AbortSignal): Promise<void> {
    step = name;
    const { run } = getSnapshot();
    if (run) await hold(run.id, () => workOn(run, name, signal));
  }

  async function workOn(begun: CleanUpRun, name: Step, signal: AbortSignal): Promise<void> {
    const total = countOf(begun, STEPS[name]);
    /** Entries of this step: one that fails is not tried a second time. */
    const seen = new Set<number>();
    if (!signal.aborted) change({ phase: name });
    change({ error: undefined, progress: { done: 0, total } });
    try {
      // Recorded first: another page must not remove more.
      if (name === 'restoring') await save(begun);
      for (;;) {
        const { run } = getSnapshot();
        const batch = run && nextBatch(run, STEPS[name], BOUNDS, seen);
        if (!batch || batch.length === 0) break;
        if (signal.aborted) throw new CancelledError();
        const indexes = batch.flatMap(({ entries }) => entries.map(({ index }) => index));
        // Recorded first: after a crash, a missing file of the batch counts as removed.
        if (name === 'removing')
          await save(withOutcomes(run, new Map(indexes.map((index) => [index, { kind: 'tried' }]))));
        const outcomes = new Map<number, EntryOutcome>();
        try {
          await batches[name](batch, outcomes, signal);
        } finally {
          // The next batch records them as well.
          const { run: now = run } = getSnapshot();
          change({ run: withOutcomes(now, outcomes) });
          options.onChanged?.(batch.map(({ workItemId }) => workItemId));
        }
        for (const index of indexes) seen.add(index);
        change({ progress: { done: seen.size, total } });
        const { run: after = run } = getSnapshot();
        if (name === 'restoring') await save(after);
      }
      const { run } = getSnapshot();
      if (run) await save(run);
      change({ phase: name === 'removing' ? 'removed' : 'restored' });
    } catch (error) {
      const { run } = getSnapshot();
      if (run && getSnapshot().isRecorded) await bin.save(run).catch(() => undefined);
      change({ phase: 'paused', ...(!isCancelled(error) && { error }) });
    }
  }

  /** Starts a command to be paused. */
  function begin(): AbortSignal {
    aborter = new AbortController();
    return aborter.signal;
  }

  const restore = async (): Promise<void> => {
    const { run } = getSnapshot();
    if (!run) return;
    change({ run: { ...run, isRestored: true } });
    await work('restoring', begin());
  };

  return {
    state: store,

    async check(plan) {
      if (isBusy(getSnapshot())) return;
      const signal = begin();
      const total = plan.files.length + (plan.groups?.length ?? 0);
      store.setState({ phase: 'checking', isRecorded: false, progress: { done: 0, total } });
      try {
        const onProgress = (done: number): void => change({ progress: { done, total } });
        change({ phase: 'checked', checked: await checkPlan(plan, services, { signal, onProgress }) });
      } catch (error) {
        if (isCancelled(error)) store.setState({ phase: 'idle', isRecorded: false });
        else change({ phase: 'failed', error });
      }
    },

    async start(isRecordOptional = false) {
      const { phase, checked } = getSnapshot();
      if (phase !== 'checked' || !checked) return;
      const run = { id: options.createId(), startedAt: runtime.now(), isRestored: false, ...checked };
      const signal = begin();
      change({ phase: 'removing', run, progress: { done: 0, total: countOf(run, STEPS.removing) } });
      try {
        await retry(() => bin.add(run), { runtime, maxAttempts: 3 });
        change({ isRecorded: true });
      } catch (error) {
        if (!isRecordOptional) {
          store.setState({ phase: 'failed', checked, isRecorded: false, error });
          return;
        }
      }
      await work('removing', signal);
    },

    pause() {
      const { phase } = getSnapshot();
      if (!isBusy({ phase }) || phase === 'pausing') return;
      aborter.abort();
      if (phase !== 'checking') change({ phase: 'pausing' });
    },

    async resume() {
      if (getSnapshot().phase !== 'paused') return;
      await (step === 'removing' ? work(step, begin()) : restore());
    },

    async open(id) {
      if (isBusy(getSnapshot())) return true;
      try {
        const run = await bin.read(id);
        if (!run) return false;
        const isOpen = !run.isRestored && countOf(run, STEPS.removing) > 0;
        step = 'removing';
        store.setState({ phase: isOpen ? 'paused' : 'removed', run, isRecorded: true });
      } catch (error) {
        store.setState({ phase: 'failed', isRecorded: false, error });
      }
      return true;
    },

    async restore() {
      const { phase } = getSnapshot();
      if (phase === 'removed' || phase === 'restored' || phase === 'paused') await restore();
    },
  };
}

const holdNothing: RunLocks['hold'] = (_, task) => task();

/** Work on one batch. */
type BatchWork = (
  batch: readonly ItemEntries[],
  outcomes: Map<number, EntryOutcome>,
  signal: AbortSignal,
) => Promise<void>;

function createBatches({ services }: CleanUpOptions): Readonly<Record<Step, BatchWork>> {
  const { removeBatch } = createRemover(services);
  const { restoreBatch } = createRestorer(services);
  return { removing: removeBatch, restoring: restoreBatch };
}

function isBusy({ phase }: Pick<CleanUpState, 'phase'>): boolean {
  return phase === 'checking' || phase === 'removing' || phase === 'restoring' || phase === 'pausing';
}

function countOf({ outcomes }: CleanUpRun, kinds: readonly EntryOutcome['kind'][]): number {
  return outcomes.filter(({ kind }) => kinds.includes(kind)).length;
}
