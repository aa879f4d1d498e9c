import Papa from 'papaparse';
import { extensionOf } from '../../../base/file-kind';

/** Text of a table. */
export interface SeparatedText {
  readonly text: string;
  /** The last row is incomplete. */
  readonly isCut: boolean;
  /** Name of the file. */
  readonly name: string;
}

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
const HINT = /^sep=(.)(?:\n|$)/i;

/** Parses a table. The delimiter is detected, or a tab if the extension says so, or that of Excel's hint. */
export function readTable({ text: written, isCut, name }: SeparatedText): Table {
  const text = written.replace(/\r\n?/g, '\n');
  const isByTabs = ['tsv', 'tab'].includes(extensionOf(name));
  const [hint = '', hinted] = HINT.exec(text) ?? [];
  const { data } = Papa.parse<string[]>(text.slice(hint.length), {
    delimiter: hinted ?? (isByTabs ? '\t' : ''),
    newline: '\n',
    skipEmptyLines: true,
  });
  if (isCut) data.pop();
  const [header = [], ...rows] = data;
  let columns = header.length;
  for (const { length } of rows) if (length > columns) columns = length;
  return { header, rows, columns };
}
