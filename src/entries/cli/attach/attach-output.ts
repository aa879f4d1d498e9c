import type { RateBudget } from '../../../azure/rest/rate-budget';
import type { Problem } from '../../../base/errors';
import { formatBytes } from '../../../base/format';
import type { UnmatchedFile, UnusedRow } from '../../../bulk/plan/plan';
import type { Outcome, ReportRow } from '../../../bulk/plan/report';
import { problemOf } from '../../../bulk/plan/report';
import type { RunProgress } from '../../../bulk/run/run-facts';
import type { AttachResult } from '../../../engine/attach/attach';
import type { AttachedRow } from '../../../engine/attach/join-rows';
import type { Invocation } from '../command';
import type { ExitCode } from '../exit-codes';
import { EXIT, exitCodeOf } from '../exit-codes';
import type { Output } from '../output';
import { shownPath } from '../shown-path';
import { count, describeFailure, describeProblem, labelOf, plain } from '../../../engine/sentences';

/** Shows the progress of a run: `12 of 40 files attached, 3.4 MB of 12 MB sent`, and the rest of a rate limit. */
export function reportProgress(progress: RunProgress, budget: RateBudget | undefined, output: Output): void {
  const { pairs, pairsAttached, bytes, bytesSent } = progress;
  output.progress(
    `${pairsAttached.toLocaleString('en')} of ${count(pairs, 'file')} attached, ${formatBytes(bytesSent)} of ${formatBytes(bytes)} sent${describeBudget(budget)}`,
  );
}

/** `, 120 of 200 units left`; empty if the service tells no limit. */
function describeBudget({ limit, remaining }: Partial<RateBudget> = {}): string {
  return limit === undefined || remaining === undefined
    ? ''
    : `, ${remaining.toLocaleString('en')} of ${count(limit, 'unit')} of the rate limit left`;
}

/** How a result is printed. */
export interface ResultLook {
  /** Files of the order. */
  readonly fileCount: number;
  /** Whether nothing was run. */
  readonly isPlan: boolean;
  /** Whether to leave out what went well. Default: false. */
  readonly isBrief?: boolean;
}

/** Prints the result of an order, or its plan. Returns the exit code. */
export function reportResult(
  { rows, unmatched, unusedRows }: Pick<AttachResult, 'rows' | 'unmatched' | 'unusedRows'>,
  { environment, output }: Invocation,
  { fileCount, isPlan, isBrief = false }: ResultLook,
): ExitCode {
  const nameOf = (path: string): string => plain(shownPath(path, environment.cwd));
  for (const row of rows) if (!isBrief || problemOf(row)) reportRow(row, nameOf, isPlan, output);
  for (const file of unmatched) reportUnmatched(file, nameOf, output);
  for (const row of unusedRows) reportUnused(row, output);
  const failed = rows.flatMap((row) => (isFailure(row.outcome, isPlan) ? (problemOf(row)?.kind ?? []) : []));
  const isIncomplete = unmatched.length > 0 || unusedRows.length > 0;
  if (failed.includes('file-too-large'))
    output.note(
      'Use "--over-limit split" to attach a file over the limit in parts, or "--over-limit zip" to attach it as a zip, if that fits.',
    );
  const exitCode = isIncomplete && failed.length === 0 ? EXIT.failed : exitCodeOf(failed);
  summarize(rows, { isPlan, exitCode, fileCount }, output);
  return exitCode;
}

function reportRow(
  row: AttachedRow,
  nameOf: (path: string) => string,
  isPlan: boolean,
  output: Output,
): void {
  const { fileId, workItemId, workItemType, name, comment, file, volumeCount, zipBytes } = row;
  const outcome = outcomeOf(row, isPlan);
  const problem = problemOf(row);
  output.json({
    type: 'file',
    outcome,
    workItemId,
    file: nameOf(fileId),
    name,
    comment,
    bytes: file.size,
    ...(volumeCount !== undefined && { parts: volumeCount }),
    ...(zipBytes !== undefined && { zipBytes }),
    ...(problem && { reason: problem.kind, explanation: describeFailure(row, problem) }),
    ...(problem?.activityId !== undefined && { activityId: problem.activityId }),
  });
  const label = labelOf(workItemId, workItemType);
  const text = `${nameOf(fileId)} → ${label}${name === file.name ? '' : ` as ${plain(name)}`}`;
  if (problem) output.note(`${text}: ${failureOf(row.outcome)}. ${describeFailure(row, problem)}`);
  else output.line(`${text}: ${describeOutcome(row, outcome)}`);
}

/** Outcome of a file, as `--json` and the package tell it. */
export type ShownOutcome = Exclude<Outcome['kind'], 'not-tried' | 'cancelled'> | 'planned' | 'not-attached';

const WORDS: Readonly<Record<ShownOutcome, string>> = {
  planned: 'to be attached',
  attached: 'attached',
  replaced: 'attached, in place of the one with this name',
  'not-replaced': 'attached, but the one with this name is still there',
  'already-there': 'already attached',
  skipped: 'skipped, because its name is there with another content',
  failed: 'not attached',
  'not-attached': 'not attached',
};

function describeOutcome({ outcome, volumeCount, zipBytes }: AttachedRow, shown: ShownOutcome): string {
  if (outcome.kind === 'skipped' && outcome.reason === 'file-too-large')
    return 'skipped, because it is over the limit for the size of a file';
  const parts = volumeCount === undefined ? '' : `, in ${volumeCount} parts`;
  const zip = zipBytes === undefined ? '' : `, as a zip of ${formatBytes(zipBytes)}`;
  return WORDS[shown] + parts + zip;
}

/** @param isPlan Whether nothing was run. */
export function outcomeOf({ outcome }: ReportRow, isPlan: boolean): ShownOutcome {
  if (outcome.kind === 'not-tried') return isPlan ? 'planned' : 'not-attached';
  return outcome.kind === 'cancelled' ? 'not-attached' : outcome.kind;
}

function failureOf({ kind }: Outcome): string {
  return kind === 'not-replaced' ? WORDS['not-replaced'] : WORDS.failed;
}

function isFailure({ kind }: Outcome, isPlan: boolean): boolean {
  return (
    kind === 'failed' || kind === 'not-replaced' || kind === 'cancelled' || (kind === 'not-tried' && !isPlan)
  );
}

function reportUnmatched(
  { fileId, reason }: UnmatchedFile,
  nameOf: (path: string) => string,
  output: Output,
): void {
  const explanation = describeUnmatched(reason);
  output.json({ type: 'unmatched', file: nameOf(fileId), reason: reason.kind, explanation });
  output.note(`${nameOf(fileId)}: not attached. ${explanation}`);
}

/** Explains why a file has no work item. */
export function describeUnmatched(reason: UnmatchedFile['reason']): string {
  switch (reason.kind) {
    case 'no-number':
      return 'There is no number of a work item in its name or folder.';
    case 'not-listed':
      return `The query does not contain ${reason.workItemIds.join(', ')}.`;
    case 'ambiguous-number':
      return `Its name matches several work items: ${reason.workItemIds.join(', ')}.`;
    case 'ambiguous-file':
      return `Line ${reason.line} of the list matches several files.`;
    case 'no-row':
      return 'The list does not name it.';
  }
}

function reportUnused({ row: { line, file }, candidates }: UnusedRow, output: Output): void {
  const explanation = candidates.length > 0 ? 'It matches several files.' : 'There is no such file.';
  output.json({ type: 'unused-row', line, file, explanation });
  output.note(`Line ${line} of the list, ${plain(file)}: ${explanation}`);
}

function summarize(
  rows: readonly ReportRow[],
  {
    isPlan,
    exitCode,
    fileCount,
  }: { readonly isPlan: boolean; readonly exitCode: ExitCode; readonly fileCount: number },
  output: Output,
): void {
  const totalOf = (...kinds: readonly ShownOutcome[]): number =>
    rows.filter((row) => kinds.includes(outcomeOf(row, isPlan))).length;
  const totals = {
    planned: totalOf('planned'),
    attached: totalOf('attached', 'replaced', 'not-replaced'),
    alreadyAttached: totalOf('already-there'),
    skipped: totalOf('skipped'),
    failed: totalOf('failed', 'not-attached'),
  };
  output.json({ type: 'summary', files: fileCount, ...totals, exitCode });
  const parts = [
    isPlan && `${totals.planned.toLocaleString('en')} to be attached`,
    !isPlan && `${totals.attached.toLocaleString('en')} attached`,
    totals.alreadyAttached > 0 && `${totals.alreadyAttached.toLocaleString('en')} already attached`,
    totals.skipped > 0 && `${totals.skipped.toLocaleString('en')} skipped`,
    totals.failed > 0 && `${totals.failed.toLocaleString('en')} failed`,
  ].filter(Boolean);
  output.line(`${count(fileCount, 'file')}: ${parts.join(', ')}.`);
}

/** Problem of a command as a whole, with `--json`. */
export function jsonOf(problem: Problem): {
  readonly type: 'error';
  readonly reason: string;
  readonly explanation: string;
} {
  return { type: 'error', reason: problem.kind, explanation: describeProblem(problem) };
}
