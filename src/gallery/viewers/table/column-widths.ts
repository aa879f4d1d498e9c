import type { Merge } from './cell-layout';
import type { Table } from './read-table';

/** Maximum number of columns. People do not read longer rows. */
export const MAX_COLUMNS = 200;

/** Approximate number of rows sampled across the table to measure column widths. */
const SAMPLED_ROWS = 200;

/**
 * Returns the widths of the first columns in characters, between 4 and 40, from a sample of rows.
 *
 * @param merges Merged cells. The text of one over several columns does not count.
 */
export function columnWidths(
  { header, rows, columns }: Table,
  merges: readonly Merge[] = [],
): readonly number[] {
  const isWide = new Set(
    merges.filter((merge) => merge.columns > 1).map(({ row, column }) => row * MAX_COLUMNS + column),
  );
  const distance = Math.max(1, Math.floor(rows.length / SAMPLED_ROWS));
  const sample = rows
    .map((row, index) => ({ row, start: index * MAX_COLUMNS }))
    .filter((_, index) => (rows.length - 1 - index) % distance === 0);
  return Array.from({ length: Math.min(columns, MAX_COLUMNS) }, (_, column) => {
    // Column names are bold.
    const headerWidth = (header[column]?.length ?? 0) + 2;
    const longest = sample.reduce(
      // Capital letters are wider than the unit, a digit.
      (width, { row, start }) =>
        isWide.has(start + column) ? width : Math.max(width, (row[column]?.length ?? 0) + 1),
      headerWidth,
    );
    return Math.min(40, Math.max(4, longest));
  });
}
