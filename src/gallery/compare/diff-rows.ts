import type { DiffRun } from './diff-texts';

/** One line of a diff. */
export interface DiffLine {
  readonly kind: DiffRun['kind'];
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

/** Splits runs into lines. */
export function linesOf(runs: readonly DiffRun[]): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let before = 0;
  let after = 0;
  for (const { kind, value } of runs) {
    for (const text of value.replace(/\n$/, '').split('\n')) {
      lines.push({
        ...{ kind, text },
        before: kind === 'added' ? undefined : ++before,
        after: kind === 'removed' ? undefined : ++after,
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
  // A long run has too many lines for the arguments of `push(...lines)`.
  const show = (from: number, to: number): void => {
    for (const line of lines.slice(from, to)) rows.push(line);
  };
  let at = 0;
  while (at < lines.length) {
    const end = endOfSame(lines, at);
    if (end === at) {
      show(at, ++at);
      continue;
    }
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
