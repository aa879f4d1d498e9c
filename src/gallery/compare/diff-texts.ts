import { diffLines } from 'diff';
import type { DiffLine, DiffRun } from './diff-rows';
import { linesOf } from './diff-rows';

/** What two texts differ in. */
export interface TextDiff {
  /** The lines of both, side by side. */
  readonly lines: readonly DiffLine[];
  /** Whether they differ in too much to tell more than where the differences begin and end. */
  readonly isRough: boolean;
}

/** Two texts are looked at for so long at most, in milliseconds; the page comes to its own work in between. */
const TIMEOUT_MS = 2_000;

/** Texts that differ in more lines than this have nothing in common that a person would look for. */
const MOST_EDITS = 10_000;

/**
 * Compares two texts line by line. Line ends make no difference.
 *
 * @param mostEdits So many lines may be added and removed together before it is told roughly.
 */
export function diffTexts(before: string, after: string, mostEdits = MOST_EDITS): Promise<TextDiff> {
  const options = { stripTrailingCr: true, timeout: TIMEOUT_MS, maxEditLength: mostEdits };
  return new Promise((resolve) => {
    diffLines(before, after, {
      ...options,
      callback: (runs) =>
        resolve({ lines: linesOf(runs ?? roughRuns(before, after)), isRough: runs === undefined }),
    });
  });
}

/** What both begin and end with, and all that lies between as replaced. */
function roughRuns(before: string, after: string): readonly DiffRun[] {
  const [older, newer] = [before, after].map((text) => text.replace(/\r\n/g, '\n').split(/(?<=\n)/));
  if (!older || !newer) return [];
  const shorter = Math.min(older.length, newer.length);
  let head = 0;
  while (head < shorter && older[head] === newer[head]) head++;
  let tail = 0;
  while (tail < shorter - head && older.at(-1 - tail) === newer.at(-1 - tail)) tail++;
  const run = (lines: readonly string[], kind: 'same' | 'added' | 'removed'): DiffRun => ({
    ...{ value: lines.join(''), added: kind === 'added', removed: kind === 'removed' },
  });
  return [
    run(older.slice(0, head), 'same'),
    run(older.slice(head, older.length - tail), 'removed'),
    run(newer.slice(head, newer.length - tail), 'added'),
    run(older.slice(older.length - tail), 'same'),
  ].filter(({ value }) => value !== '');
}
