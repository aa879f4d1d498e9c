import Papa from 'papaparse';
import { extensionOf } from '../../../base/file-kind';
import type { LoadedText, PartBytes } from '../text/text-parts';

const MIB = 1024 * 1024;

/** No tail: the end of a table is useless without the rows in between. */
export const TABLE_PART_BYTES: PartBytes = { whole: MIB / 2, head: MIB / 2, tail: 0, more: MIB };

/** A parsed table. */
export interface Table {
  /** Cells of the first row, the column names. */
  readonly header: readonly string[];
  /** All other non-empty rows, possibly of different lengths. */
  readonly rows: readonly (readonly string[])[];
  /** Length of the longest row. */
  readonly columns: number;
}

/** Excel's hint of the delimiter, the first line of some tables. */
const HINT = /^sep=(.)$/i;

/**
 * Parses a table. The delimiter is detected, or a tab if the extension says so, or that of Excel's hint.
 *
 * @param text Text of the table. An incomplete last row is omitted.
 */
export function readTable({ head, missingBytes }: LoadedText, name: string): Table {
  const isByTabs = ['tsv', 'tab'].includes(extensionOf(name));
  const [first = '', ...others] = head;
  const hinted = HINT.exec(first)?.[1];
  const { data } = Papa.parse<string[]>((hinted === undefined ? head : others).join('\n'), {
    delimiter: hinted ?? (isByTabs ? '\t' : ''),
    newline: '\n',
    skipEmptyLines: true,
  });
  if (missingBytes > 0) data.pop();
  const [header = [], ...rows] = data;
  let columns = header.length;
  for (const { length } of rows) if (length > columns) columns = length;
  return { header, rows, columns };
}

/** Approximate number of rows sampled across the table to measure column widths. */
const SAMPLED_ROWS = 200;

/**
 * Returns the widths of the first columns in characters, between 4 and 40, from a sample of rows.
 *
 * @param maxColumns Maximum number of columns.
 */
export function columnWidths({ header, rows, columns }: Table, maxColumns: number): readonly number[] {
  const distance = Math.max(1, Math.floor(rows.length / SAMPLED_ROWS));
  const sample = rows.filter((_, index) => (rows.length - 1 - index) % distance === 0);
  return Array.from({ length: Math.min(columns, maxColumns) }, (_, column) => {
    // Column names are bold.
    const headerWidth = (header[column]?.length ?? 0) + 2;
    const longest = sample.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), headerWidth);
    return Math.min(40, Math.max(4, longest));
  });
}
