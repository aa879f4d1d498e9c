import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import type { Plan, PlanItem, PlanFile, PlanPair } from '../plan/plan';
import { keyOfPair } from '../plan/plan';
import type { BulkRun } from './bulk-run';
import type { RunFile, UniqueUploads } from './enqueue-unique';
import { isToBeAttached, itemsOf } from './enqueue-unique';
import { unreadItem } from './plan-item';
import type { DuplicateRules } from './replan';
import { isExcluded, replan } from './replan';
import type { PlannedItem, RunRecord } from './run-record';
import { byId, canRetry } from './run-state';

/** A run with its plan. */
export interface PlannedRun {
  readonly run: BulkRun;
  readonly plan: Pick<Plan, 'pairs'>;
  readonly files: readonly PlanFile[];
  /** Known work items of the plan. */
  readonly items: readonly PlannedItem[];
  /** Pairs excluded before the run because of their work items. A retry may attach them. */
  readonly excluded: readonly PlanPair[];
  /**
   * Retries failures. The work items of excluded pairs are read again first, and get what fits; stored bytes are not
   * sent again. One call at a time, after the end of the run.
   *
   * @returns The run with its new plan.
   */
  readonly retry: (rules: DuplicateRules) => Promise<PlannedRun>;
  /** Pairs left out as duplicates, which `attachAnyway` may attach. */
  readonly skipped: readonly PlanPair[];
  /** Attaches skipped pairs, beside what is there. As `retry` otherwise, also for failures. */
  readonly attachAnyway: (chosen: readonly PlanPair[], rules: DuplicateRules) => Promise<PlannedRun>;
  /** Removes the run from the journal, after its report was read. */
  readonly dismiss: () => void;
}

/** A started run with its files and uploads. */
export interface StartedRun {
  readonly run: BulkRun;
  readonly files: readonly RunFile[];
  readonly uploads: UniqueUploads;
  readonly record: RunRecord;
  /** See `BulkService`. */
  readonly readItems: (ids: readonly number[]) => Promise<readonly PlanItem[]>;
  readonly findReadOnly: (items: readonly PlanItem[]) => Promise<ReadonlyMap<number, Problem>>;
}

/** Creates a run with its plan. */
export function createPlannedRun(
  started: StartedRun,
  pairs: readonly PlanPair[],
  items: readonly PlannedItem[],
): PlannedRun {
  const { run, files, uploads, record } = started;
  const canAttach = new Set(files.filter(uploads.canAttach).map(({ id }) => id));
  const able = pairs.filter(({ fileId }) => canAttach.has(fileId));
  const excluded = able.filter(isExcluded);
  const skipped = able.filter(({ fate }) => fate.kind === 'skip');

  /** Plans these pairs again, and retries failures beside them. */
  async function planAgain(
    again: readonly PlanPair[],
    rules: DuplicateRules,
    isForced: boolean,
  ): Promise<PlannedRun> {
    const affected = new Set(again);
    const ids = new Set(again.map(({ workItemId }) => workItemId));
    const read = ids.size > 0 ? await readAgain([...ids], started) : [];
    const isAffected = (pair: PlanPair): boolean => affected.has(pair);
    const after = replan(pairs, files, read, { ...rules, isAffected, isForced });
    const added = after.filter((pair, index) => pair !== pairs[index] && isToBeAttached(pair));
    const known = withTitles(items, read);
    const uploadOf = uploads.enqueue(added, files);
    record.add({ pairs: added, uploadOf }, run.queue.getSnapshot(), { files, items: known });
    if (added.length > 0 || hasRetryable(run)) run.retryFailed(itemsOf({ pairs: added }, uploadOf));
    return createPlannedRun(started, after, known);
  }

  return {
    ...{ run, files, items, plan: { pairs }, excluded, skipped },
    dismiss: () => record.dismiss(run.queue.getSnapshot()),
    retry: (rules) => planAgain(excluded, rules, false),

    attachAnyway(chosen, rules) {
      const keys = new Set(chosen.map(keyOfPair));
      return planAgain(
        skipped.filter((pair) => keys.has(keyOfPair(pair))),
        rules,
        true,
      );
    },
  };
}

/** Reads work items with everything that speaks against attaching to them. Never rejects. */
async function readAgain(
  ids: readonly number[],
  { readItems, findReadOnly }: Pick<StartedRun, 'readItems' | 'findReadOnly'>,
): Promise<readonly PlanItem[]> {
  try {
    const items = await readItems(ids);
    const readOnly = await findReadOnly(items);
    return items.map((item) => ({ ...item, problem: item.problem ?? readOnly.get(item.id) }));
  } catch (error) {
    const problem = toProblem(error);
    return ids.map((id) => unreadItem(id, problem));
  }
}

function hasRetryable(run: BulkRun): boolean {
  const uploads = byId(run.queue.getSnapshot());
  return [...run.getSnapshot().items.values()].some(({ pairs }) =>
    pairs.some((pair) => canRetry(pair, uploads)),
  );
}

/** Updates the facts about work items. Unreadable ones keep those known before. */
function withTitles(items: readonly PlannedItem[], read: readonly PlanItem[]): readonly PlannedItem[] {
  const updates = new Map(read.filter(({ type }) => type !== '').map((item) => [item.id, item]));
  return items.map((item) => updates.get(item.id) ?? item);
}
