import type { SelectMode } from '../../model/selection';

/** Rows from `from` (inclusive) to `until` (exclusive). */
export interface RowRange {
  readonly from: number;
  readonly until: number;
}

/** Selected rows of a result, as ranges: a result can have hundreds of thousands of rows. */
export interface RowSelection {
  /** Sorted, not empty, with gaps between them. */
  readonly ranges: readonly RowRange[];
  /** Number of selected rows. */
  readonly count: number;
  /** Start of the next range. */
  readonly anchor: number | undefined;
  /** Row with the keyboard focus. */
  readonly current: number | undefined;
}

/** Selection of a new result. */
export const NO_ROWS: RowSelection = { ranges: [], count: 0, anchor: undefined, current: undefined };

/** Whether a row is selected. Takes logarithmic time. */
export function isRowSelected({ ranges }: Pick<RowSelection, 'ranges'>, row: number): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range && row >= range.until) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range !== undefined && range.from <= row && row < range.until;
}

/**
 * Returns the selection after a step to `row`. Like `select` of the Files tab, it follows the conventions of desktop
 * lists.
 */
export function selectRow(selection: RowSelection, row: number, mode: SelectMode): RowSelection {
  const { ranges } = selection;
  const anchor = selection.anchor ?? row;
  const span = { from: Math.min(anchor, row), until: Math.max(anchor, row) + 1 };
  const only = { from: row, until: row + 1 };
  switch (mode) {
    case 'only':
      return selectionOf([only], row, row);
    case 'toggle':
      return selectionOf(
        isRowSelected(selection, row) ? without(ranges, only) : union(ranges, only),
        row,
        row,
      );
    case 'range':
      return selectionOf([span], anchor, row);
    case 'add-range':
      return selectionOf(union(ranges, span), anchor, row);
    case 'move':
      return { ...selection, current: row };
  }
}

/** Selects all rows of a result with `count` rows. */
export function selectAllRows({ current }: RowSelection, count: number): RowSelection {
  return count === 0 ? NO_ROWS : selectionOf([{ from: 0, until: count }], 0, current ?? 0);
}

/** Selects just these rows, in ascending order. */
export function selectTheseRows({ current }: RowSelection, rows: readonly number[]): RowSelection {
  const ranges: { from: number; until: number }[] = [];
  for (const row of rows) {
    const last = ranges.at(-1);
    if (last?.until === row) last.until++;
    else ranges.push({ from: row, until: row + 1 });
  }
  return { ranges, count: rows.length, anchor: rows[0], current: rows[0] ?? current };
}

/** Clears the selection. The focus stays. */
export function selectNoRows({ current }: RowSelection): RowSelection {
  return { ...NO_ROWS, current };
}

function selectionOf(ranges: readonly RowRange[], anchor: number, current: number): RowSelection {
  const count = ranges.reduce((sum, { from, until }) => sum + until - from, 0);
  return { ranges, count, anchor, current };
}

function union(ranges: readonly RowRange[], added: RowRange): readonly RowRange[] {
  const before = ranges.filter(({ until }) => until < added.from);
  const after = ranges.filter(({ from }) => from > added.until);
  const touched = ranges.slice(before.length, ranges.length - after.length);
  const from = Math.min(added.from, ...touched.map((range) => range.from));
  const until = Math.max(added.until, ...touched.map((range) => range.until));
  return [...before, { from, until }, ...after];
}

function without(ranges: readonly RowRange[], removed: RowRange): readonly RowRange[] {
  return ranges.flatMap(({ from, until }) =>
    [
      { from, until: Math.min(until, removed.from) },
      { from: Math.max(from, removed.until), until },
    ].filter((part) => part.from < part.until),
  );
}
