import type { PlannedRun } from './planned-run';
import type { PairOutcome, RunItem, RunPair, RunState, Uploads } from './run-state';
import { canRetry, outcomeOf } from './run-state';
import type { Upload } from '../../upload/upload';
import type { PlanPair } from '../plan/plan';
import type { Outcome, ReportRow } from '../plan/report';
import { reportOf } from '../plan/report';

/** Progress of a run. */
export interface RunProgress {
  readonly files: number;
  readonly filesSent: number;
  readonly bytes: number;
  readonly bytesSent: number;
  readonly items: number;
  /** Items without pending files, whatever their outcome. */
  readonly itemsDone: number;
  readonly pairs: number;
  readonly pairsAttached: number;
  readonly pairsFailed: number;
  /** Canceled by the user. */
  readonly pairsLeft: number;
}

/** Adds up the progress of all items. */
export function progressOf(state: RunState, uploads: Uploads): RunProgress {
  const sent = [...uploads.values()];
  const sum = { itemsDone: 0, pairs: 0, pairsAttached: 0, pairsFailed: 0, pairsLeft: 0 };
  for (const item of state.items.values()) {
    const { attached, failed, left, open } = countsOf(item, uploads);
    sum.pairs += item.pairs.length;
    sum.pairsAttached += attached;
    sum.pairsFailed += failed;
    sum.pairsLeft += left;
    if (open === 0) sum.itemsDone++;
  }
  return {
    files: sent.length,
    filesSent: sent.filter(({ state: { status } }) => status === 'uploaded').length,
    bytes: sent.reduce((bytes, { file }) => bytes + file.size, 0),
    bytesSent: sent.reduce((bytes, upload) => bytes + sentOf(upload), 0),
    items: state.items.size,
    ...sum,
  };
}

/** Files of an item by outcome. */
export interface Counts {
  readonly attached: number;
  readonly failed: number;
  /** Canceled by the user. */
  readonly left: number;
  /** Not finished. */
  readonly open: number;
}

/** Counts the files of an item by outcome. */
export function countsOf(item: RunItem, uploads: Uploads): Counts {
  const counts = { attached: 0, failed: 0, left: 0, open: 0 };
  for (const pair of item.pairs) {
    const outcome = outcomeOf(pair, uploads);
    if (!outcome) counts.open++;
    else if (outcome.kind === 'cancelled') counts.left++;
    else counts[outcome.kind]++;
  }
  return counts;
}

/** Counts the failures with a possible retry. */
export function countRetryable({ items }: RunState, uploads: Uploads): number {
  let count = 0;
  for (const { pairs } of items.values()) count += pairs.filter((pair) => canRetry(pair, uploads)).length;
  return count;
}

/** Returns a row for each pair of the plan. */
export function reportOfRun(
  { plan, files, items }: Pick<PlannedRun, 'plan' | 'files' | 'items'>,
  state: RunState,
  uploads: Uploads,
): readonly ReportRow[] {
  const pairOf = createPairFinder(state);
  return reportOf(plan, files, items, (planned) => {
    const pair = pairOf(planned);
    return pair && toOutcome(outcomeOf(pair, uploads));
  });
}

/**
 * Returns a finder for pairs of a run. Plan and run list the files of a work item in the same order, apart from those
 * added by a retry, so it continues behind the last pair of the work item.
 */
function createPairFinder({ items }: RunState): (planned: PlanPair) => RunPair | undefined {
  const next = new Map<number, number>();
  return ({ fileId, workItemId }) => {
    const pairs = items.get(workItemId)?.pairs ?? [];
    const at = next.get(workItemId) ?? 0;
    const index = pairs[at]?.fileId === fileId ? at : pairs.findIndex((pair) => pair.fileId === fileId);
    if (index >= 0) next.set(workItemId, index + 1);
    return pairs[index];
  };
}

function toOutcome(outcome: PairOutcome | undefined): Outcome | undefined {
  if (outcome?.kind !== 'failed') return outcome;
  const { phase, problem } = outcome;
  return { kind: phase === 'removing' ? 'not-replaced' : 'failed', problem };
}

function sentOf({ state, file, progress }: Upload): number {
  return state.status === 'uploaded' ? file.size : progress.bytesSent;
}
