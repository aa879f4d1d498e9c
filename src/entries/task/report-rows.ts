import { relative } from 'node:path';
import type { Problem } from '../../base/errors';
import { formatBytes } from '../../base/format';
import type { Outcome } from '../../bulk/plan/report';
import { problemOf } from '../../bulk/plan/report';
import type { AttachedRow } from '../../engine/attach/join-rows';
import { isLimit } from '../../engine/limits';
import type { FileCheck } from '../../engine/rules/check-files';
import { describeCheck } from '../../engine/rules/describe-check';
import { describeFailure, labelOf, plain } from '../../engine/sentences';
import type { AgentLog } from './agent-log';
import type { TaskInputs } from './task-inputs';

/** Numbers of files by outcome. A file for two work items counts twice. */
export interface Totals {
  attached: number;
  /** With the same content, or skipped on request. */
  present: number;
  /** Refused by a limit, with `onLimit: skip`. */
  overLimit: number;
  failed: number;
  /** Whether a permission is missing. */
  isDenied: boolean;
}

/** Returns the totals of nothing. */
export function noTotals(): Totals {
  return { attached: 0, present: 0, overLimit: 0, failed: 0, isDenied: false };
}

const WORDS: Readonly<Record<Outcome['kind'], string>> = {
  attached: 'attached',
  replaced: 'attached, in place of the one with this name',
  'not-replaced': 'attached, but the one with this name is still there',
  'already-there': 'already attached',
  skipped: 'skipped, because its name is there with another content',
  failed: 'not attached',
  cancelled: 'not attached',
  'not-tried': 'not attached',
};

/** Prints what the rules did with a file. The first line of a warning is an issue of the run. */
export function reportCheck(
  check: FileCheck,
  { log, sources }: { readonly log: AgentLog; readonly sources: string },
): void {
  for (const { text, isWarning, isDetail } of describeCheck(check, shown(check.path, sources)))
    if (isWarning && !isDetail) log.warn(text);
    else log.line(text);
}

/** Prints the outcomes of an order and adds them to the totals. */
export function reportRows(
  rows: readonly AttachedRow[],
  totals: Totals,
  {
    log,
    sources,
    onLimit,
  }: { readonly log: AgentLog; readonly sources: string } & Pick<TaskInputs, 'onLimit'>,
): void {
  for (const row of rows) {
    const { fileId, workItemId, workItemType, name, file, outcome, volumeCount, zipBytes } = row;
    const problem = problemOf(row);
    const renamed = name === file.name ? '' : ` as ${plain(name)}`;
    const parts = volumeCount === undefined ? '' : `, in ${volumeCount} parts`;
    const zip = zipBytes === undefined ? '' : `, as a zip of ${formatBytes(zipBytes)}`;
    const text = `${shown(fileId, sources)} → ${labelOf(workItemId, workItemType)}${renamed}: ${WORDS[outcome.kind]}${parts}${zip}`;
    const isOverLimit = problem !== undefined && onLimit === 'skip' && isLimit(problem.kind);
    if (isOverLimit) log.warn(withReason(text, row, problem));
    else if (problem) log.fail(withReason(text, row, problem));
    else log.line(text);
    if (problem?.kind === 'no-permission') totals.isDenied = true;
    totals[keyOf(outcome, isOverLimit)]++;
  }
}

function withReason(text: string, row: AttachedRow, problem: Problem): string {
  return `${text}. ${describeFailure(row, problem)}`;
}

function keyOf({ kind }: Outcome, isOverLimit: boolean): Exclude<keyof Totals, 'isDenied'> {
  switch (kind) {
    case 'attached':
    case 'replaced':
      return 'attached';
    case 'already-there':
    case 'skipped':
      return 'present';
    case 'not-replaced':
    case 'failed':
    case 'cancelled':
    case 'not-tried':
      return isOverLimit ? 'overLimit' : 'failed';
  }
}

function shown(path: string, folder: string): string {
  const below = relative(folder, path);
  return below.startsWith('..') ? path : below;
}
