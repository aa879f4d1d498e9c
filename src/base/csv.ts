import Papa from 'papaparse';

/** A row of a table with its position. */
export interface CsvRow {
  /** First line of the row, 1-based, as in a text editor. */
  readonly line: number;
  readonly cells: readonly string[];
  /** A quote is never closed, or is closed in the middle of a value. */
  readonly hasBrokenQuotes: boolean;
}

/**
 * Start of a formula, also after quotes and our own marks: at the start of a value, or within one at a separator
 * other than the comma, which some spreadsheets expect.
 */
const FORMULA = /(?<=^|[;\t\r\n])(?=['"]*[=+\-@\t\r＝＋－＠])/g;

/** Start of a formula with the mark of `writeCsv`. */
const MARKED_FORMULA = /(?<=^|[;\t\r\n])'(?=['"]*[=+\-@\t\r＝＋－＠])/g;

/**
 * Parses a table and leaves out blank rows.
 *
 * @param text Any line endings; within values they become `\n`. A leading byte order mark is dropped.
 * @param maxRows Maximum number of rows, including blank ones; 0 for all.
 */
export function readCsv(text: string, delimiter: string, maxRows = 0): readonly CsvRow[] {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const { data, errors } = Papa.parse<string[]>(plain, { delimiter, newline: '\n', preview: maxRows });
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

/** Writes a table for Excel: UTF-8 with a byte order mark, and no formulas under any separator. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((cells) => cells.map((cell) => cell.replace(FORMULA, "'")));
  return `\ufeff${Papa.unparse(escaped, { delimiter: ',', newline: '\r\n' })}\r\n`;
}

/** Reverts the mark of `writeCsv` in a value. */
export function unescapeCell(cell: string): string {
  return cell.replace(MARKED_FORMULA, '');
}
