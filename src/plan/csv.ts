import Papa from 'papaparse';

/** One row of a table, and where it stands. */
export interface CsvRow {
  /** Line in which it begins, 1-based, as a text editor counts. */
  readonly line: number;
  readonly cells: readonly string[];
  /** A quote was opened and never closed, or closed in the middle of a value. */
  readonly hasBrokenQuotes: boolean;
}

/** What a spreadsheet takes for the beginning of a formula, also after marks of ours. */
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/;

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

/** A table that Excel opens in the right encoding, and in which no value is a formula. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  const harmless = rows.map((cells) => cells.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell)));
  return `\ufeff${Papa.unparse(harmless, { delimiter: ',', newline: '\r\n' })}\r\n`;
}

/** A value as it was before `writeCsv`. */
export function cellAsWritten(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
