/** A run of lines as the library for differences tells it: of both texts, or of one of them. */
export interface DiffRun {
  /** The lines with their ends; the last one of a text may have none. */
  readonly value: string;
  readonly added: boolean;
  readonly removed: boolean;
}

/** One line of one of two texts, or of both. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  /** Its number in the older text, from 1; `undefined` where it is not there. */
  readonly before: number | undefined;
  /** The same for the newer one. */
  readonly after: number | undefined;
}

/** Lines in a row that are the same in both, put together. */
export interface DiffFold {
  readonly kind: 'fold';
  readonly count: number;
  /** Place of the first of them among all lines, from 0. */
  readonly first: number;
}

/** What is shown of a difference. */
export type DiffRow = DiffLine | DiffFold;

/** So many lines are shown before and after each change, to see where it is. */
const CONTEXT = 3;

/** The lines of both texts in their order, those that were removed before those that took their place. */
export function linesOf(runs: readonly DiffRun[]): readonly DiffLine[] {
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
 * The rows to show: long stretches that are the same in both are folded.
 *
 * @param opened Folds that were opened, by the places of their first lines.
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
    // Nothing changed before the first line, or after the last one, that would have to be placed.
    const first = at === 0 ? 0 : at + CONTEXT;
    const last = end === lines.length ? end : end - CONTEXT;
    if (last - first > 1 && !opened.has(first)) {
      rows.push(...lines.slice(at, first), { kind: 'fold', count: last - first, first });
      rows.push(...lines.slice(last, end));
    } else rows.push(...lines.slice(at, end));
    at = end;
  }
  return rows;
}

function endOfSame(lines: readonly DiffLine[], from: number): number {
  let end = from;
  while (lines[end]?.kind === 'same') end++;
  return end;
}
