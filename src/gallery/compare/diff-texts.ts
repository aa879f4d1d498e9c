import { diffLines } from 'diff';

/** One line of a diff. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  /** Line number in the older text, from 1; `undefined` for an added line. */
  readonly before: number | undefined;
  /** Line number in the newer text, from 1; `undefined` for a removed line. */
  readonly after: number | undefined;
}

/** Folded run of unchanged lines. */
export interface DiffFold {
  readonly kind: 'fold';
  readonly count: number;
  /** Index of the first line among all lines. */
  readonly first: number;
}

/** Row of a diff on the screen. */
export type DiffRow = DiffLine | DiffFold;

/** Unchanged lines to show before and after each change. */
const CONTEXT_LINES = 3;

/** Result of comparing two texts. */
export interface TextDiff {
  /** Lines of both texts. */
  readonly lines: readonly DiffLine[];
  /** Whether only the common start and end were compared, because the texts differ too much. */
  readonly isRough: boolean;
}

/** Time limit of a comparison, in milliseconds. The library yields to the page in between. */
const TIMEOUT_MS = 2_000;

/** Above this number of edits, a line by line diff is of no use to a person. */
const MAX_EDITS = 10_000;

/**
 * Compares two texts line by line, ignoring the style of line ends.
 *
 * @param maxEdits Number of added and removed lines above which the result is rough.
 */
export function diffTexts(before: string, after: string, maxEdits = MAX_EDITS): Promise<TextDiff> {
  const options = { stripTrailingCr: true, timeout: TIMEOUT_MS, maxEditLength: maxEdits };
  return new Promise((resolve) => {
    diffLines(before, after, {
      ...options,
      callback: (runs) =>
        resolve({ lines: linesOf(runs ?? roughRuns(before, after)), isRough: runs === undefined }),
    });
  });
}

/** The common start and end, with everything in between as replaced. */
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

/** Run of lines, as in the result of `diffLines`. */
interface DiffRun {
  /** Lines with their line ends. The last line of a text may have none. */
  readonly value: string;
  readonly added: boolean;
  readonly removed: boolean;
}

/** Splits runs into lines. */
function linesOf(runs: readonly DiffRun[]): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let before = 0;
  let after = 0;
  for (const { value, added, removed } of runs) {
    for (const text of value.replace(/\n$/, '').split('\n')) {
      const kind = added ? 'added' : removed ? 'removed' : 'same';
      lines.push({
        ...{ kind, text },
        before: added ? undefined : ++before,
        after: removed ? undefined : ++after,
      });
    }
  }
  return lines;
}

/**
 * Folds long runs of unchanged lines.
 *
 * @param opened Unfolded runs, by the index of their first hidden line.
 */
export function foldSame(lines: readonly DiffLine[], opened: ReadonlySet<number>): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  let at = 0;
  while (at < lines.length) {
    const end = endOfSame(lines, at);
    if (end === at) {
      rows.push(...lines.slice(at, ++at));
      continue;
    }
    // A long run has too many lines for the arguments of `push(...lines)`.
    const show = (from: number, to: number): void => {
      for (let index = from; index < to; index++) rows.push(...lines.slice(index, index + 1));
    };
    // No context is needed at the start and the end of the texts.
    const first = at === 0 ? 0 : at + CONTEXT_LINES;
    const last = end === lines.length ? end : end - CONTEXT_LINES;
    if (last - first > 1 && !opened.has(first)) {
      show(at, first);
      rows.push({ kind: 'fold', count: last - first, first });
      show(last, end);
    } else show(at, end);
    at = end;
  }
  return rows;
}

function endOfSame(lines: readonly DiffLine[], from: number): number {
  let end = from;
  while (lines[end]?.kind === 'same') end++;
  return end;
}
