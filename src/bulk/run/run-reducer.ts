import type { Problem } from '../../base/errors';
import { ServerError, toProblem } from '../../base/errors';
import type { LinkResult } from './link-batch';
import type { PairOutcome, RunItem, RunPair, RunState, Uploads } from './run-state';
import { canRetry, isActive, outcomeOf } from './run-state';
import type { Verification } from './verify-run';

/** Change of a run. */
export type RunAction =
  | { readonly type: 'paused' | 'resumed' | 'cancelled' | 'checking' }
  /** Failures with a possible retry are open again. `added`: more files to attach. */
  | { readonly type: 'retried'; readonly uploads: Uploads; readonly added: RunState['items'] }
  | { readonly type: 'linking'; readonly ids: readonly number[] }
  /** Work items without a result were not tried. */
  | {
      readonly type: 'linked';
      readonly ids: readonly number[];
      readonly results: ReadonlyMap<number, LinkResult>;
    }
  /** The delay before a retry is over. */
  | { readonly type: 'backed-off'; readonly ids: readonly number[] }
  | { readonly type: 'checked'; readonly verification: Verification; readonly uploads: Uploads };

/** Rounds in which links missing from their work items are made again. */
const MAX_RELINKS = 1;

const ATTACHED: PairOutcome = { kind: 'attached' };

const CANCELLED: PairOutcome = { kind: 'cancelled' };

const LOST: PairOutcome = {
  kind: 'failed',
  phase: 'linking',
  problem: toProblem(new ServerError('link-lost', 'The work item does not show it.')),
};

/** State of a new run. */
export function initialRun(items: RunState['items']): RunState {
  return { phase: 'running', activePhase: 'running', relinks: 0, items, unchecked: undefined };
}

/** Reducer of a run. */
export function reduceRun(state: RunState, action: RunAction): RunState {
  switch (action.type) {
    case 'paused':
      return state.activePhase === 'running' ? withActivePhase(state, 'paused') : state;
    case 'resumed':
      return state.activePhase === 'paused' ? withActivePhase(state, 'running') : state;
    case 'cancelled':
      return isActive(state) ? withActivePhase(state, 'cancelling') : state;
    case 'retried':
      return state.phase === 'checking' ? state : retry(withAdded(state, action.added), action.uploads);
    case 'linking':
      return withItems(state, action.ids, (item) => ({ ...item, status: 'linking' }));
    case 'linked':
      return withItems(state, action.ids, (item) => withResult(item, action.results.get(item.workItemId)));
    case 'backed-off':
      return withItems(state, action.ids, (item) =>
        item.status === 'backing-off' ? { ...item, status: 'waiting' } : item,
      );
    case 'checking':
      return { ...state, phase: 'checking' };
    case 'checked':
      return withVerification(state, action.verification, action.uploads);
  }
}

function withActivePhase(state: RunState, activePhase: RunState['activePhase']): RunState {
  return { ...state, activePhase, phase: isActive(state) ? activePhase : state.phase };
}

function retry(state: RunState, uploads: Uploads): RunState {
  const phase = state.activePhase === 'paused' ? 'paused' : 'running';
  return withItems(
    { ...state, phase, activePhase: phase, relinks: 0 },
    state.items.keys(),
    ({ pairs, ...facts }) => ({
      ...facts,
      attempt: 1,
      pairs: pairs.map((pair) => (canRetry(pair, uploads) ? { ...pair, outcome: undefined } : pair)),
    }),
  );
}

function withAdded(state: RunState, added: RunState['items']): RunState {
  if (added.size === 0) return state;
  const items = new Map(state.items);
  for (const [id, item] of added) {
    const known = items.get(id);
    items.set(id, known ? { ...known, pairs: [...known.pairs, ...item.pairs] } : item);
  }
  return { ...state, items };
}

function withResult(item: RunItem, result: LinkResult | undefined): RunItem {
  if (!result) return { ...item, status: 'waiting' };
  const pairs = item.pairs.map((pair) => result.pairs.get(pair) ?? pair);
  return result.retryDelayMs === undefined
    ? { ...item, pairs, status: 'waiting', attempt: 1 }
    : { ...item, pairs, status: 'backing-off', attempt: item.attempt + 1 };
}

/** The work items decide. Missing links are made again first, and fail if they get lost a second time. */
function withVerification(state: RunState, verification: Verification, uploads: Uploads): RunState {
  if (verification.kind === 'unreadable') return end(state, uploads, verification.problem);
  const { lost, found } = verification.discrepancies;
  const checked = withOutcome(state, found, ATTACHED);
  if (lost.size === 0 || state.relinks === MAX_RELINKS)
    return end(withOutcome(checked, lost, LOST), uploads, undefined);
  const open = withOutcome(checked, lost, undefined);
  return { ...open, phase: state.activePhase, relinks: state.relinks + 1 };
}

function end(state: RunState, uploads: Uploads, unchecked: Problem | undefined): RunState {
  const isCancelled = state.activePhase === 'cancelling';
  const ended = isCancelled ? withOutcome(state, openPairsOf(state, uploads), CANCELLED) : state;
  return { ...ended, phase: 'over', unchecked };
}

function openPairsOf({ items }: RunState, uploads: Uploads): ReadonlySet<RunPair> {
  return new Set(
    [...items.values()].flatMap(({ pairs }) => pairs.filter((pair) => !outcomeOf(pair, uploads))),
  );
}

function withOutcome(
  state: RunState,
  pairs: ReadonlySet<RunPair>,
  outcome: PairOutcome | undefined,
): RunState {
  if (pairs.size === 0) return state;
  return withItems(state, state.items.keys(), (item) =>
    item.pairs.some((pair) => pairs.has(pair))
      ? { ...item, pairs: item.pairs.map((pair) => (pairs.has(pair) ? { ...pair, outcome } : pair)) }
      : item,
  );
}

function withItems(state: RunState, ids: Iterable<number>, change: (item: RunItem) => RunItem): RunState {
  const items = new Map(state.items);
  for (const id of ids) {
    const item = items.get(id);
    if (item) items.set(id, change(item));
  }
  return { ...state, items };
}
