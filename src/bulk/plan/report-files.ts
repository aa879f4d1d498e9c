import type { Problem, ProblemKind } from '../../base/errors';
import { writeCsv } from '../../base/csv';
import type { SkipReason } from './plan';
import { pathOf } from './plan';
import type { Outcome, ReportRow } from './report';
import { problemOf } from './report';

/** A machine-readable row of a report. Unknown members are left out. */
export interface ReportEntry {
  readonly workItemId: number;
  readonly workItemType: string;
  readonly workItemTitle: string;
  /** `folder/name` as dropped. */
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** Attachment name. */
  readonly name: string;
  readonly comment: string;
  readonly outcome: Outcome['kind'];
  readonly reason?: ProblemKind | SkipReason;
  /** Such as `VS403313`. */
  readonly serverCode?: string;
  /** Requested by Microsoft support. */
  readonly activityId?: string;
  /** The reason in a sentence. */
  readonly explanation?: string;
}

/**
 * Describes a problem in a sentence. Server messages may hold confidential data, so report files include them only
 * through this function.
 */
export type Describe = (problem: Problem, row: ReportRow) => string | undefined;

const NO_DESCRIPTION: Describe = () => undefined;

/** Columns of the CSV. Those known to `readManifest` make the file usable as a manifest. */
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

/** The report as CSV, for people. */
export function toCsv(rows: readonly ReportRow[], describe = NO_DESCRIPTION): string {
  const entries = rows.map((row) => entryOf(row, describe));
  return writeCsv([
    COLUMNS.map(([header]) => header),
    ...entries.map((entry) => COLUMNS.map(([, member]) => String(entry[member] ?? ''))),
  ]);
}

/** The report as JSON, for programs: a list of `ReportEntry`. */
export function toJson(rows: readonly ReportRow[], describe = NO_DESCRIPTION): string {
  return `${JSON.stringify(
    rows.map((row) => entryOf(row, describe)),
    undefined,
    2,
  )}\n`;
}

function entryOf(row: ReportRow, describe: Describe): ReportEntry {
  const { workItemId, workItemType, workItemTitle, file, name, comment, outcome } = row;
  const problem = problemOf(row);
  const explanation = problem && describe(problem, row);
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
