import Papa from 'papaparse';
import { extensionOf } from '../../model/file-kind';
import type { LoadedText, PartBytes } from '../text/text-parts';

const MIB = 1024 * 1024;

/** The beginning of a table is enough to begin with, and the end of no use without what stands between. */
export const TABLE_PART_BYTES: PartBytes = { whole: MIB / 2, head: MIB / 2, tail: 0, more: MIB };

/** A table as it is shown. */
export interface Table {
  /** The cells of the first row, which name the columns. */
  readonly header: readonly string[];
  /** All other rows that have any cells. A row may have fewer cells than another. */
  readonly rows: readonly (readonly string[])[];
  /** Cells in the longest row. */
  readonly columns: number;
}

/**
 * The rows of a table. Its cells are divided by what divides most lines alike, or by tabs where the name says so.
 *
 * @param text A row that is cut off at its end is left out.
 */
export function readTable({ head, missingBytes }: LoadedText, name: string): Table {
  const isByTabs = ['tsv', 'tab'].includes(extensionOf(name));
  const { data } = Papa.parse<string[]>(head.join('\n'), {
    delimiter: isByTabs ? '\t' : '',
    newline: '\n',
    skipEmptyLines: true,
  });
  if (missingBytes > 0) data.pop();
  const [header = [], ...rows] = data;
  let columns = header.length;
  for (const { length } of rows) if (length > columns) columns = length;
  return { header, rows, columns };
}

/** About so many rows, of the whole table, are looked at to find out how wide a column is. */
const MEASURED_ROWS = 200;

/**
 * Widths of the first columns in characters, each between 4 and 40, by what stands in rows here and there.
 *
 * @param most No more columns than these.
 */
export function columnWidths({ header, rows, columns }: Table, most: number): readonly number[] {
  const distance = Math.max(1, Math.floor(rows.length / MEASURED_ROWS));
  const measured = rows.filter((_, index) => (rows.length - 1 - index) % distance === 0);
  return Array.from({ length: Math.min(columns, most) }, (_, column) => {
    // The names of the columns are bold.
    const named = (header[column]?.length ?? 0) + 2;
    const longest = measured.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), named);
    return Math.min(40, Math.max(4, longest));
  });
}
