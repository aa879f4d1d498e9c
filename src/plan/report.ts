import type { Problem } from '../model/errors';
import type { FileFacts } from '../model/upload';
import type { FileId, Plan, PlanFile, PlanItem, PlanPair } from './plan';

/** What came of one file on one work item. */
export type Outcome =
  | { readonly kind: 'attached' }
  /** Attached, and what it was to replace is gone. */
  | { readonly kind: 'replaced' }
  /** Attached, and what it was to replace is still there. */
  | { readonly kind: 'not-replaced'; readonly problem: Problem }
  | { readonly kind: 'already-there' }
  /** Another file of the drop had the same bytes. */
  | { readonly kind: 'skipped'; readonly reason: 'same-content' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'cancelled' }
  /** The run ended before its turn came. */
  | { readonly kind: 'not-tried' };

/** A pair of the plan and what came of it, with what people know file and work item by. */
export interface ReportRow extends PlanPair {
  readonly file: FileFacts;
  readonly workItemTitle: string;
  readonly workItemType: string;
  readonly outcome: Outcome;
}

/** Rows of which the same is to be said. */
export interface ReportGroup {
  readonly kind: Outcome['kind'];
  /** Of the first row, where they failed: the others' is of the same kind and code. */
  readonly problem: Problem | undefined;
  readonly rows: readonly ReportRow[];
}

/** The order in which outcomes are told. */
const KINDS: readonly Outcome['kind'][] = [
  'attached',
  'replaced',
  'not-replaced',
  'already-there',
  'skipped',
  'failed',
  'cancelled',
  'not-tried',
];

/**
 * One row for each pair of the plan, in its order.
 *
 * @param outcomeOf What came of a pair that was to be attached; `undefined` where it was not tried. It is not asked
 *   about pairs that the plan itself leaves out.
 */
export function reportOf(
  { pairs }: Pick<Plan, 'pairs'>,
  files: readonly PlanFile[],
  items: readonly Pick<PlanItem, 'id' | 'title' | 'type'>[],
  outcomeOf: (pair: PlanPair) => Outcome | undefined,
): readonly ReportRow[] {
  const factsOf = new Map(
    files.map(({ id, name, size, folder }): [FileId, FileFacts] => [id, { name, size, folder }]),
  );
  const itemOf = new Map(items.map((item) => [item.id, item]));
  return pairs.map((pair) => {
    const item = itemOf.get(pair.workItemId);
    return {
      ...pair,
      file: factsOf.get(pair.fileId) ?? { name: pair.name, size: 0, folder: '' },
      workItemTitle: item?.title ?? '',
      workItemType: item?.type ?? '',
      outcome: finalOutcome(pair, outcomeOf),
    };
  });
}

/** The rows in groups of which one sentence can be said; those that failed by reason, the most frequent first. */
export function summarise(rows: readonly ReportRow[]): readonly ReportGroup[] {
  const groups = new Map<
    string,
    { kind: Outcome['kind']; problem: Problem | undefined; rows: ReportRow[] }
  >();
  for (const row of rows) {
    const { kind } = row.outcome;
    const problem = problemOf(row);
    const key = [kind, problem?.kind, problem?.serverCode].join(' ');
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { kind, problem, rows: [row] });
  }
  return [...groups.values()].sort(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.rows.length - a.rows.length,
  );
}

/** What went wrong, where something did. */
export function problemOf({ outcome }: ReportRow): Problem | undefined {
  return 'problem' in outcome ? outcome.problem : undefined;
}

function finalOutcome(pair: PlanPair, outcomeOf: (pair: PlanPair) => Outcome | undefined): Outcome {
  const { fate } = pair;
  switch (fate.kind) {
    case 'skip':
      return fate.reason === 'already-there'
        ? { kind: 'already-there' }
        : { kind: 'skipped', reason: fate.reason };
    case 'blocked':
      return { kind: 'failed', problem: fate.problem };
    case 'attach':
    case 'replace': {
      const outcome = outcomeOf(pair) ?? { kind: 'not-tried' };
      return outcome.kind === 'attached' && fate.kind === 'replace' ? { kind: 'replaced' } : outcome;
    }
  }
}
