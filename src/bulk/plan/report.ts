import type { Problem } from '../../base/errors';
import type { FileFacts } from '../../upload/upload';
import type { FileId, Plan, PlanFile, PlanItem, PlanPair, SkipReason } from './plan';

/** Outcome of one file on one work item. */
export type Outcome =
  | { readonly kind: 'attached' }
  /** Attached; the old attachments have been removed. */
  | { readonly kind: 'replaced' }
  /** Attached; the old attachments remain. */
  | { readonly kind: 'not-replaced'; readonly problem: Problem }
  | { readonly kind: 'already-there' }
  /**
   * Another file of the drop had the same bytes, the work item has another file of the same name, or the user leaves out
   * files over the limit.
   */
  | { readonly kind: 'skipped'; readonly reason: Exclude<SkipReason, 'already-there'> }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'cancelled' }
  /** The run ended first. */
  | { readonly kind: 'not-tried' };

/** A planned pair with its outcome and display names. */
export interface ReportRow extends PlanPair {
  readonly file: FileFacts;
  readonly workItemTitle: string;
  readonly workItemType: string;
  readonly outcome: Outcome;
}

/** Rows with one summary. */
export interface ReportGroup {
  readonly kind: Outcome['kind'];
  /** Problem of the first failed row; the others share its kind. */
  readonly problem: Problem | undefined;
  /** Of skipped rows. */
  readonly reason?: SkipReason | undefined;
  readonly rows: readonly ReportRow[];
}

/** Display order of outcomes. */
const KINDS: readonly Outcome['kind'][] = [
  'failed',
  'not-replaced',
  'cancelled',
  'not-tried',
  'skipped',
  'already-there',
  'attached',
  'replaced',
];

/**
 * Returns one row per planned pair, in plan order.
 *
 * @param outcomeOf Outcome of an attempted pair, or `undefined` if not attempted. Not called for pairs left out by
 *   the plan itself.
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
    // Spreading each of 20,000 pairs takes ten times as long.
    const { fileId, workItemId, name, comment, fate } = pair;
    const item = itemOf.get(workItemId);
    const file = factsOf.get(fileId) ?? { name, size: 0, folder: '' };
    const { title: workItemTitle = '', type: workItemType = '' } = item ?? {};
    const outcome = finalOutcome(pair, outcomeOf);
    return { fileId, workItemId, name, comment, fate, file, workItemTitle, workItemType, outcome };
  });
}

/** Groups rows by outcome and, if failed, by reason: failures first, the most frequent of them at the top. */
export function summarize(rows: readonly ReportRow[]): readonly ReportGroup[] {
  const groups = new Map<string, ReportGroup & { readonly rows: ReportRow[] }>();
  for (const row of rows) {
    const { kind } = row.outcome;
    const problem = problemOf(row);
    const reason = reasonOf(row);
    const key = `${kind} ${problem?.kind} ${reason}`;
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { kind, problem, ...(reason && { reason }), rows: [row] });
  }
  return [...groups.values()].sort(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.rows.length - a.rows.length,
  );
}

/** Problem of a row, if any. */
export function problemOf({ outcome }: ReportRow): Problem | undefined {
  return 'problem' in outcome ? outcome.problem : undefined;
}

/** Reason of a skipped row. */
export function reasonOf({ outcome }: ReportRow): SkipReason | undefined {
  return outcome.kind === 'skipped' ? outcome.reason : undefined;
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
