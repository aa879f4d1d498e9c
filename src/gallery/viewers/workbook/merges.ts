import type { Merge } from '../table/cell-layout';
import { columnOf, EXCEL_ROWS, positionOf } from './cell-reference';

/** Reads a range such as `A1:B2`, with its corners in any order. Returns `undefined` if it is invalid. */
export function parseMerge(range: string | undefined): Merge | undefined {
  const [, first, firstRow, second, secondRow] = /^([A-Z]+(\d+)):([A-Z]+(\d+))$/i.exec(range ?? '') ?? [];
  const columns = [columnOf(first), columnOf(second)];
  const rows = [positionOf(firstRow, EXCEL_ROWS), positionOf(secondRow, EXCEL_ROWS)];
  const [left, right] = inOrder(columns);
  const [top, bottom] = inOrder(rows);
  if (left === undefined || right === undefined || top === undefined || bottom === undefined)
    return undefined;
  return { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 };
}

/**
 * Clips merged cells to the rows and columns of a table. Leaves out those that overlap an earlier one from the top, or
 * are a single cell. Takes the same time for each merged cell, whatever its height.
 */
export function clipMerges(merges: readonly Merge[], rows: number, columns: number): readonly Merge[] {
  /** First free row of each column. */
  const free: number[] = Array.from({ length: columns }, () => 0);
  return merges
    .map((merge) => ({
      ...merge,
      rows: Math.min(merge.rows, rows - merge.row),
      columns: Math.min(merge.columns, columns - merge.column),
    }))
    .filter((merge) => merge.rows > 0 && merge.columns > 0 && merge.rows * merge.columns > 1)
    .sort((one, other) => one.row - other.row || one.column - other.column)
    .filter(({ row, column, rows: height, columns: width }) => {
      if (free.slice(column, column + width).some((firstFree) => firstFree > row)) return false;
      free.fill(row + height, column, column + width);
      return true;
    });
}

function inOrder([one, other]: readonly (number | undefined)[]): readonly (number | undefined)[] {
  return one !== undefined && other !== undefined && one > other ? [other, one] : [one, other];
}
