import type { PlanPair } from '../../bulk/plan/plan';
import type { BulkService } from '../../bulk/run/bulk-service';
import type { PlannedRun } from '../../bulk/run/planned-run';
import type { DuplicateRules } from '../../bulk/run/replan';
import type { RunState } from '../../bulk/run/run-state';
import { isThere } from '../../bulk/run/run-state';
import type { Journal } from '../../upload/recovery/journal/journal';
import type { BatchId, PickedFile } from '../../upload/upload';
import type { PanelState, PanelStore } from './panel-state';
import { duplicatesOf, isSwitchedOff } from './panel-state';

/** Actions on the run of the panel. */
export interface RunActions {
  /** Runs the plan. */
  readonly begin: () => Promise<void>;
  /** Retries failures after a run, also those of work items that were excluded before it. */
  readonly retry: () => Promise<void>;
  /**
   * Attaches pairs that are left out because the work item has the file already, or its content: changes the plan, or
   * repeats the run after its end.
   */
  readonly attachAnyway: (pairs: readonly PlanPair[]) => void;
  /** Returns to the plan after a run, and reads the work items again. */
  readonly backToPlan: () => Promise<void>;
  /** Resumes a run of a closed panel. */
  readonly resume: (batchId: BatchId) => Promise<void>;
  /** Discards an interrupted run. */
  readonly discard: (batchId: BatchId) => Promise<void>;
}

/** Run of the panel. */
export interface PanelRun {
  readonly actions: RunActions;
  /** Supplies files to the current run. Resolves with those it does not wait for; `undefined` without a run. */
  readonly supply: (files: readonly PickedFile[]) => Promise<readonly PickedFile[]> | undefined;
}

/** Dependencies of `createPanelRun`. */
export interface PanelRunOptions {
  readonly store: PanelStore;
  readonly service: Pick<BulkService, 'run' | 'resume' | 'discard'>;
  readonly journal: Pick<Journal, 'match'>;
  /** See `PanelFiles`. */
  readonly comparison: () => Promise<void> | undefined;
  /** See `Planner`. */
  readonly planned: () => Promise<void>;
  /** Called when a run of the plan starts. */
  readonly onStart: () => void;
  readonly readAgain: () => Promise<void>;
}

/** Creates the actions on the run of the panel. */
export function createPanelRun(options: PanelRunOptions): PanelRun {
  const { store, service, journal, comparison, planned, onStart, readAgain } = options;
  const { change } = store;

  /** Repeats the run after its end, once at a time. */
  async function repeat(
    start: (run: PlannedRun, rules: DuplicateRules) => Promise<PlannedRun>,
  ): Promise<void> {
    const state = store.getSnapshot();
    const { run, isRetrying, attached } = state;
    if (run?.run.getSnapshot().phase !== 'over' || isRetrying) return;
    change({ isRetrying: true });
    change({ run: await start(run, { duplicates: duplicatesOf(state), attached }), isRetrying: false });
  }

  const actions: RunActions = {
    async begin() {
      if (comparison()) change({ status: 'comparing' });
      await comparison();
      await planned();
      const { plan, files, items, run, ...state } = store.getSnapshot();
      // Ignore double clicks.
      if (run) return;
      // The policy has come only now.
      if (isSwitchedOff(state)) {
        change({ status: 'open' });
        return;
      }
      onStart();
      change({ run: service.run(plan, files, items), status: 'open', isLost: false, late: [], unknown: [] });
    },

    retry: () => repeat((run, rules) => run.retry(rules)),

    attachAnyway(pairs) {
      if (store.getSnapshot().run) void repeat((run, rules) => run.attachAnyway(pairs, rules));
      else change(({ edits }) => ({ edits: withForced(edits, pairs) }));
    },

    async backToPlan() {
      const { run, isRetrying } = store.getSnapshot();
      // The retry would attach files unseen.
      if (run?.run.getSnapshot().phase !== 'over' || isRetrying) return;
      run.dismiss();
      change(({ attached, edits }) => ({
        run: undefined,
        edits: withoutForced(edits),
        attached: withAttached(attached, run.run.getSnapshot()),
        late: [],
      }));
      await readAgain();
    },

    async resume(batchId) {
      if (store.getSnapshot().run) return;
      const run = await service.resume(batchId);
      change({ run, isLost: run === undefined });
    },

    discard: service.discard,
  };

  return {
    actions,
    supply(files) {
      const queue = store.getSnapshot().run?.run.queue;
      if (!queue) return undefined;
      const waiting = queue.getSnapshot().filter(({ state }) => state.status === 'needs-file');
      const ids = waiting.map(({ id }) => id);
      return journal.match(files, ids).then((found) => {
        for (const [file, id] of found) queue.supply(id, file.source);
        return files.filter((file) => !found.has(file));
      });
    },
  };
}

function withForced(before: PanelState['edits'], pairs: readonly PlanPair[]): PanelState['edits'] {
  const after = new Map(before);
  for (const { fileId, workItemId } of pairs) {
    const { attachAnyway = [], ...others } = after.get(fileId) ?? {};
    after.set(fileId, { ...others, attachAnyway: [...attachAnyway, workItemId] });
  }
  return after;
}

/** A file is attached anyway once; the next run would do it again. */
function withoutForced(edits: PanelState['edits']): PanelState['edits'] {
  return new Map([...edits].map(([fileId, edit]) => [fileId, { ...edit, attachAnyway: [] }]));
}

function withAttached(
  before: PanelState['attached'],
  { items }: Pick<RunState, 'items'>,
): PanelState['attached'] {
  const after = new Map(before);
  for (const { workItemId, pairs } of items.values()) {
    const ofItem = new Map(before.get(workItemId));
    for (const pair of pairs) if (isThere(pair) && pair.reference) ofItem.set(pair.fileId, pair.reference.id);
    after.set(workItemId, ofItem);
  }
  return after;
}
