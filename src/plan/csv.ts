import Papa from 'papaparse';

/** One row of a table, and where it stands. */
export interface CsvRow {
  /** Line in which it begins, 1-based, as a text editor counts. */
  readonly line: number;
  readonly cells: readonly string[];
  /** A quote was opened and never closed, or closed in the middle of a value. */
  readonly hasBrokenQuotes: boolean;
}

/**
 * Where a spreadsheet would see the beginning of a formula, also after quotes and marks of ours: at the beginning of a value, and
 * within one where a spreadsheet that expects another separator than the comma sees the next cell.
 */
const FORMULA = /(?<=^|[;\t\r\n])(?=['"]*[=+\-@\t\r＝＋－＠])/g;

/** The same where `writeCsv` has put its mark. */
const MARKED_FORMULA = /(?<=^|[;\t\r\n])'(?=['"]*[=+\-@\t\r＝＋－＠])/g;

/**
 * The rows of a table, blank ones left out.
 *
 * @param text Any line ends; within values they are `\n` afterwards. A byte order mark is no part of the first value.
 * @param atMost So many rows, blank ones counted.
 */
export function readCsv(text: string, delimiter: string, atMost = 0): readonly CsvRow[] {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const { data, errors } = Papa.parse<string[]>(plain, { delimiter, newline: '\n', preview: atMost });
  const broken = new Set(errors.map(({ row }) => row));
  const rows: CsvRow[] = [];
  let line = 1;
  for (const [index, cells] of data.entries()) {
    if (cells.some((cell) => cell.trim() !== ''))
      rows.push({ line, cells, hasBrokenQuotes: broken.has(index) });
    for (const cell of cells) line += cell.split('\n').length - 1;
    line++;
  }
  return rows;
}

/** A table that Excel opens in the right encoding, and in which nothing is a formula, whatever separates the cells. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  const harmless = rows.map((cells) => cells.map((cell) => cell.replace(FORMULA, "'")));
  return `\ufeff${Papa.unparse(harmless, { delimiter: ',', newline: '\r\n' })}\r\n`;
}

/** A value as it was before `writeCsv`. */
export function cellAsWritten(cell: string): string {
  return cell.replace(MARKED_FORMULA, '');
}
