import type { TaskContext } from '../../workers/task-context';
import type { ArchiveEntry } from '../archive/open-archive';
import type { XmlReader } from '../office/read-xml';
import type { Attributes } from '../xml-parser';
import { readXml } from '../office/read-xml';
import { MAX_COLUMNS } from '../table/column-widths';
import { ViewerProblem } from '../viewer-problem';
import type { FormatOf } from './cell-formats';
import type { NumberFormat } from './format/number-format';
import { createTextReader, decodeEscapes } from './text-reader';

/** Text of a cell, or a string that all sheets share. */
type Cell = string | { readonly shared: number; readonly format: NumberFormat };

/** Rows of a sheet from the first one, without strings that all sheets share. */
export interface SheetRows {
  readonly rows: readonly (readonly Cell[])[];
  /** Columns up to the last one with a value, including those that are not read. */
  readonly columns: number;
  /** Rows of the sheet, or `undefined` if unknown. */
  readonly totalRows: number | undefined;
}

/** Formats of a workbook. */
export interface SheetFormats {
  readonly formatOf: FormatOf;
  readonly is1904: boolean;
}

/** Maximum number of rows. */
const MAX_ROWS = 10_000;

/** Maximum number of cells, including empty ones before the last of a row. */
const MAX_CELLS = 1_000_000;

/** Maximum length of all cells without shared strings, in UTF-16 units. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** Maximum length of a value, in UTF-16 units. */
const MAX_VALUE_LENGTH = 32_767;

/** Maximum size to read, in bytes. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Maximum time to read, in milliseconds: some rows are better than a worker that is ended. */
const MAX_MS = 2_000;

/** Number of rows and columns in Excel. */
const EXCEL_ROWS = 1_048_576;
const EXCEL_COLUMNS = 16_384;

const EMPTY: readonly Cell[] = [];

/**
 * Reads the first rows of a sheet.
 *
 * @throws ViewerProblem If it is damaged.
 */
export async function readSheet(
  entry: ArchiveEntry,
  formats: SheetFormats,
  context: TaskContext,
): Promise<SheetRows> {
  const sheet = new SheetReader(formats, performance.now() + MAX_MS);
  const isWhole = await readXml(entry, sheet, { maxBytes: MAX_BYTES, context });
  if (isWhole && !sheet.isDone()) throw new ViewerProblem('entry-damaged');
  return sheet.result();
}

/** Follows the elements of a sheet. */
class SheetReader implements XmlReader {
  readonly #formats: SheetFormats;
  /** Time to stop, as of `performance.now`. */
  readonly #deadline: number;
  readonly #rows: (readonly Cell[])[] = [];
  readonly #inline = createTextReader();
  #row: Cell[] = [];
  /** Positions of the current row and cell, from 0. */
  #rowIndex = -1;
  #column = -1;
  #columns = 0;
  /** Last row by the declared range of the sheet. */
  #declaredRows = 0;
  #cells = 0;
  #length = 0;
  #attributes: Attributes = {};
  #value = '';
  #formula = '';
  #target: 'value' | 'formula' | undefined;
  #end: 'whole' | 'cut' | undefined;

  constructor(formats: SheetFormats, deadline: number) {
    this.#formats = formats;
    this.#deadline = deadline;
  }

  readonly open = (name: string, attributes: Attributes): void => {
    if (this.#end) return;
    switch (name) {
      case 'dimension':
        this.#declaredRows = Number(/\d+$/.exec(attributes['ref'] ?? '')?.[0] ?? 0);
        break;
      case 'row':
        this.#startRow(attributes['r']);
        break;
      case 'c':
        this.#column = columnOf(attributes['r']) ?? this.#column + 1;
        this.#attributes = attributes;
        break;
      case 'v':
        this.#target = 'value';
        break;
      case 'f':
        this.#target = 'formula';
        break;
      default:
        this.#inline.open(name);
    }
  };

  readonly text = (text: string): void => {
    if (this.#end) return;
    if (this.#target === 'value') this.#value = (this.#value + text).slice(0, MAX_VALUE_LENGTH);
    else if (this.#target === 'formula') this.#formula = (this.#formula + text).slice(0, MAX_VALUE_LENGTH);
    else this.#inline.text(text);
  };

  readonly close = (name: string): void => {
    if (this.#end) return;
    this.#target = undefined;
    if (name === 'c') this.#addCell();
    else if (name === 'sheetData') this.#end = 'whole';
    else this.#inline.close(name);
  };

  readonly isDone = (): boolean => {
    if (performance.now() > this.#deadline) this.#end ??= 'cut';
    return this.#end !== undefined;
  };

  result(): SheetRows {
    const isCut = this.#end !== 'whole';
    let { length } = this.#rows;
    if (!isCut) while (length > 0 && this.#rows[length - 1]?.length === 0) length--;
    const declared = Math.min(this.#declaredRows, EXCEL_ROWS);
    const totalRows = isCut ? (declared > length ? declared : undefined) : length;
    return { rows: this.#rows.slice(0, length), columns: this.#columns, totalRows };
  }

  #startRow(declared: string | undefined): void {
    const index = positionOf(declared, EXCEL_ROWS) ?? this.#rowIndex + 1;
    const isFull = this.#cells > MAX_CELLS || this.#length > MAX_LENGTH;
    const end = Math.min(index, MAX_ROWS);
    while (this.#rows.length < end) this.#rows.push(EMPTY);
    if (index >= MAX_ROWS || isFull) {
      this.#end = 'cut';
      return;
    }
    this.#rowIndex = index;
    this.#column = -1;
    this.#row = [];
    this.#rows[index] = this.#row;
  }

  #addCell(): void {
    const cell = this.#cellOf(this.#attributes);
    this.#value = '';
    this.#formula = '';
    if (cell === '' || this.#rowIndex < 0 || this.#column >= EXCEL_COLUMNS) return;
    this.#columns = Math.max(this.#columns, this.#column + 1);
    if (this.#column >= MAX_COLUMNS) return;
    const added = this.#column + 1 - this.#row.length;
    if (added > 0) this.#cells += added;
    while (this.#row.length < this.#column) this.#row.push('');
    this.#row[this.#column] = cell;
    if (typeof cell === 'string') this.#length += cell.length;
  }

  #cellOf({ t: type, s: style }: Attributes): Cell {
    const inline = this.#inline.take();
    const value = this.#value;
    const format = this.#formats.formatOf(Number(style ?? 0));
    switch (type) {
      case 's':
        return value === '' ? '' : { shared: Number(value), format };
      case 'inlineStr':
        return format.formatText(inline);
      case 'str':
        return format.formatText(decodeEscapes(value));
      case 'b':
        return value === '' ? '' : value === '1' ? 'TRUE' : 'FALSE';
      case 'e':
      case 'd':
        return value;
      default:
        return this.#numberOf(value, format);
    }
  }

  #numberOf(value: string, format: NumberFormat): string {
    if (value === '') {
      // Some programs write formulas without results.
      return this.#formula === '' ? '' : `=${this.#formula}`;
    }
    const number = Number(value);
    return Number.isFinite(number) ? format.formatNumber(number, this.#formats.is1904) : value;
  }
}

/** Position from 0 of a number from 1, or `undefined` if it is missing or invalid. */
function positionOf(text: string | undefined, max: number): number | undefined {
  const position = Number(text) - 1;
  return Number.isInteger(position) && position >= 0 && position < max ? position : undefined;
}

/** Column from 0 of a reference such as `AB12`, or `undefined` if it is missing or invalid. */
function columnOf(reference: string | undefined): number | undefined {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}(?=\d)/i.exec(reference ?? '')?.[0].toUpperCase() ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64;
  return column === 0 ? undefined : column - 1;
}
