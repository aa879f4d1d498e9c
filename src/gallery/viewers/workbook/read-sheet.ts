import type { TaskContext } from '../../workers/task-context';
import type { ArchiveEntry } from '../archive/open-archive';
import type { XmlReader } from '../office/read-xml';
import type { Attributes } from '../xml-parser';
import { readXml } from '../office/read-xml';
import type { Alignment, Merge } from '../table/cell-layout';
import { MAX_COLUMNS } from '../table/column-widths';
import { ViewerProblem } from '../viewer-problem';
import type { CellFormats } from './cell-formats';
import { columnOf, EXCEL_COLUMNS, EXCEL_ROWS, positionOf } from './cell-reference';
import type { NumberFormat } from './format/number-format';
import { parseMerge } from './merges';
import { createTextReader, decodeEscapes } from './text-reader';

/** Text of a cell, or a string that all sheets share. */
type Cell = string | { readonly shared: number; readonly format: NumberFormat };

/** Rows of a sheet from the first one, without strings that all sheets share. */
export interface SheetRows {
  readonly rows: readonly (readonly Cell[])[];
  /** Alignments of each row, one letter for each of its cells. */
  readonly alignments: readonly string[];
  /** Merged cells, unchecked. A sheet that is cut has none: they follow the last row. */
  readonly merges: readonly Merge[];
  /** Columns up to the last one with a value, including those that are not read. */
  readonly columns: number;
  /** Rows of the sheet, or `undefined` if unknown. */
  readonly totalRows: number | undefined;
}

/** Formats of a workbook. */
export interface SheetFormats extends CellFormats {
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

/** Maximum number of merged cells. */
const MAX_MERGES = 10_000;

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
  try {
    const isWhole = await readXml(entry, sheet, { maxBytes: MAX_BYTES, context });
    if (isWhole && !sheet.hasEnded) throw new ViewerProblem('entry-damaged');
  } catch (error) {
    // The rest of the part matters less than the rows.
    if (!(error instanceof ViewerProblem && sheet.hasEnded)) throw error;
  }
  return sheet.result();
}

/** Follows the elements of a sheet. */
class SheetReader implements XmlReader {
  readonly #formats: SheetFormats;
  /** Time to stop, as of `performance.now`. */
  readonly #deadline: number;
  readonly #rows: (readonly Cell[])[] = [];
  readonly #alignments: string[] = [];
  readonly #merges: Merge[] = [];
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
  /** End of the rows. */
  #end: 'whole' | 'cut' | undefined;
  #isPastMerges = false;

  constructor(formats: SheetFormats, deadline: number) {
    this.#formats = formats;
    this.#deadline = deadline;
  }

  /** Whether the rows have ended. */
  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  readonly open = (name: string, attributes: Attributes): void => {
    if (name === 'mergeCell' && this.#end === 'whole') this.#addMerge(attributes['ref']);
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
    if (name === 'mergeCells') this.#isPastMerges = true;
    if (this.#end) return;
    this.#target = undefined;
    if (name === 'c') this.#addCell();
    else if (name === 'sheetData') this.#end = 'whole';
    else this.#inline.close(name);
  };

  readonly isDone = (): boolean => {
    const isLate = performance.now() > this.#deadline;
    if (isLate) this.#end ??= 'cut';
    return isLate || this.#isPastMerges || this.#end === 'cut';
  };

  result(): SheetRows {
    const isCut = this.#end !== 'whole';
    let { length } = this.#rows;
    if (!isCut) while (length > 0 && this.#rows[length - 1]?.length === 0) length--;
    const declared = Math.min(this.#declaredRows, EXCEL_ROWS);
    const totalRows = isCut ? (declared > length ? declared : undefined) : length;
    return {
      rows: this.#rows.slice(0, length),
      alignments: Array.from({ length }, (_, index) => this.#alignments[index] ?? ''),
      merges: this.#merges,
      columns: this.#columns,
      totalRows,
    };
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
    this.#alignments[index] = '';
  }

  #addCell(): void {
    const cell = this.#cellOf(this.#attributes);
    const alignment = this.#alignmentOf(this.#attributes);
    this.#value = '';
    this.#formula = '';
    if (cell === '' || this.#rowIndex < 0 || this.#column >= EXCEL_COLUMNS) return;
    this.#columns = Math.max(this.#columns, this.#column + 1);
    if (this.#column >= MAX_COLUMNS) return;
    const added = this.#column + 1 - this.#row.length;
    if (added > 0) this.#cells += added;
    while (this.#row.length < this.#column) this.#row.push('');
    this.#row[this.#column] = cell;
    const others = this.#alignments[this.#rowIndex] ?? '';
    this.#alignments[this.#rowIndex] =
      others.slice(0, this.#column).padEnd(this.#column, 's') + alignment + others.slice(this.#column + 1);
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

  /** Aligns a cell by its style, otherwise by the type of its value. */
  #alignmentOf({ t: type, s: style }: Attributes): Alignment {
    const alignment = this.#formats.alignmentOf(Number(style ?? 0));
    if (alignment) return alignment;
    switch (type) {
      case 's':
      case 'inlineStr':
      case 'str':
        return 's';
      case 'b':
      case 'e':
        return 'c';
      default:
        // A formula without a result is text.
        return this.#value === '' ? 's' : 'r';
    }
  }

  #addMerge(range: string | undefined): void {
    const merge = parseMerge(range);
    if (!merge || merge.row >= MAX_ROWS || merge.column >= MAX_COLUMNS) return;
    if (this.#merges.length < MAX_MERGES) this.#merges.push(merge);
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
