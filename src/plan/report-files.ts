import type { Problem, ProblemKind } from '../model/errors';
import { writeCsv } from './csv';
import { pathOf } from './plan';
import type { Outcome, ReportRow } from './report';
import { problemOf } from './report';

/** A row of a report as a program reads it. What is not known is left out. */
export interface ReportEntry {
  readonly workItemId: number;
  readonly workItemType: string;
  readonly workItemTitle: string;
  /** `folder/name` as it was dropped. */
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** What it is attached as. */
  readonly name: string;
  readonly comment: string;
  readonly outcome: Outcome['kind'];
  readonly reason?: ProblemKind | 'same-content';
  /** `VS403313` and the like. */
  readonly serverCode?: string;
  /** What Microsoft's support asks for. */
  readonly activityId?: string;
  /** The reason in a sentence. */
  readonly explanation?: string;
}

/**
 * Says in a sentence what went wrong. A server's own words can hold what must not leave the page, so that nothing of
 * them stands in a file but through this.
 */
export type Tell = (problem: Problem, row: ReportRow) => string | undefined;

const SAY_NOTHING: Tell = () => undefined;

/** The columns of the CSV. Those that `readManifest` knows let the file be used as a manifest again. */
const COLUMNS: readonly (readonly [header: string, member: keyof ReportEntry])[] = [
  ['Work item', 'workItemId'],
  ['Work item type', 'workItemType'],
  ['Work item title', 'workItemTitle'],
  ['File', 'file'],
  ['Size in bytes', 'size'],
  ['Attach as', 'name'],
  ['Comment', 'comment'],
  ['Outcome', 'outcome'],
  ['Reason', 'reason'],
  ['Server code', 'serverCode'],
  ['ActivityId', 'activityId'],
  ['Explanation', 'explanation'],
];

/** The report as a table for people. */
export function toCsv(rows: readonly ReportRow[], tell = SAY_NOTHING): string {
  const entries = rows.map((row) => entryOf(row, tell));
  return writeCsv([
    COLUMNS.map(([header]) => header),
    ...entries.map((entry) => COLUMNS.map(([, member]) => String(entry[member] ?? ''))),
  ]);
}

/** The report for programs: a list of `ReportEntry`. */
export function toJson(rows: readonly ReportRow[], tell = SAY_NOTHING): string {
  return `${JSON.stringify(
    rows.map((row) => entryOf(row, tell)),
    undefined,
    2,
  )}\n`;
}

function entryOf(row: ReportRow, tell: Tell): ReportEntry {
  const { workItemId, workItemType, workItemTitle, file, name, comment, outcome } = row;
  const problem = problemOf(row);
  const explanation = problem && tell(problem, row);
  return {
    ...{ workItemId, workItemType, workItemTitle },
    ...{ file: pathOf(file), size: file.size, name, comment, outcome: outcome.kind },
    ...(problem && { reason: problem.kind }),
    ...(outcome.kind === 'skipped' && { reason: outcome.reason }),
    ...(problem?.serverCode !== undefined && { serverCode: problem.serverCode }),
    ...(problem?.activityId !== undefined && { activityId: problem.activityId }),
    ...(explanation !== undefined && { explanation }),
  };
}
