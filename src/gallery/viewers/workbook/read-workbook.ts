import type { TaskContext } from '../../workers/task-context';
import type { InertParts } from '../office/inert-parts';
import { findInertParts } from '../office/inert-parts';
import { openPackage } from '../office/open-package';
import type { CellLayout, Merge } from '../table/cell-layout';
import { MAX_COLUMNS } from '../table/column-widths';
import { ViewerProblem } from '../viewer-problem';
import { readFormats } from './cell-formats';
import { clipMerges } from './merges';
import type { SheetRows } from './read-sheet';
import { readSheet } from './read-sheet';
import { readSharedStrings } from './shared-strings';
import { findParts } from './workbook-parts';

/** Sheet of a workbook to read. */
export interface WorkbookRequest {
  readonly bytes: Blob;
  /** From 0. The first visible sheet by default. */
  readonly sheet: number | undefined;
}

/** A sheet, and facts about its workbook. */
export interface Workbook extends CellLayout {
  readonly sheets: readonly { readonly name: string; readonly isHidden: boolean }[];
  /** The sheet that was read, from 0. */
  readonly sheet: number;
  /** Its first rows, as Excel shows them. */
  readonly rows: readonly (readonly string[])[];
  /** Columns up to the last one with a value. Rows have at most 200. */
  readonly columns: number;
  /** Rows of the sheet, or `undefined` if it has more than were read, and does not declare them. */
  readonly totalRows: number | undefined;
  readonly inert: InertParts;
}

/** Maximum length of all cells, in UTF-16 units: a shared string is copied for each cell. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** Where Excel writes the workbook. */
const USUAL_PATH = 'xl/workbook.xml';

/**
 * Reads a sheet of a workbook in the format of Office Open XML. Nothing in it runs, and no link is followed.
 *
 * @throws ViewerProblem If it is no workbook, damaged, too large, or has a password.
 */
export async function readWorkbook(
  { bytes, sheet: requested }: WorkbookRequest,
  context: TaskContext,
): Promise<Workbook> {
  const opened = await openPackage(bytes, USUAL_PATH, context);
  const { sheets, styles, strings, is1904 } = await findParts(opened, context);
  const firstVisible = Math.max(
    0,
    sheets.findIndex(({ isHidden }) => !isHidden),
  );
  const sheet = requested ?? firstVisible;
  const entry = sheets[sheet]?.entry;
  if (!entry) throw new ViewerProblem('entry-damaged');
  const formats = await readFormats(styles, context);
  const read = await readSheet(entry, { ...formats, is1904 }, context);
  const { rows, columns, totalRows } = read;
  const shared = await readSharedStrings(strings, sharedIn(rows), context);
  const filled = textsOf(rows, shared);
  const merges = clipMerges(read.merges, filled.length, Math.min(columns, MAX_COLUMNS));
  const texts = withoutCovered(filled, merges);
  return {
    sheets: sheets.map(({ name, isHidden }) => ({ name, isHidden })),
    sheet,
    rows: texts,
    alignments: read.alignments.slice(0, texts.length),
    merges,
    columns,
    totalRows: texts.length < rows.length ? undefined : totalRows,
    inert: findInertParts(opened.archive),
  };
}

function sharedIn(rows: SheetRows['rows']): ReadonlySet<number> {
  const used = new Set<number>();
  for (const row of rows) for (const cell of row) if (typeof cell !== 'string') used.add(cell.shared);
  return used;
}

/** Fills in the shared strings, as far as they fit. */
function textsOf(
  rows: SheetRows['rows'],
  shared: ReadonlyMap<number, string>,
): readonly (readonly string[])[] {
  const texts: (readonly string[])[] = [];
  let length = 0;
  for (const row of rows) {
    if (length > MAX_LENGTH) break;
    const text = row.map((cell) =>
      typeof cell === 'string' ? cell : cell.format.formatText(shared.get(cell.shared) ?? ''),
    );
    for (const cell of text) length += cell.length;
    texts.push(text);
  }
  return texts;
}

/** Removes the texts that merged cells cover. */
function withoutCovered(
  rows: readonly (readonly string[])[],
  merges: readonly Merge[],
): readonly (readonly string[])[] {
  if (merges.length === 0) return rows;
  const left = rows.map((row) => [...row]);
  for (const merge of merges)
    for (let row = merge.row; row < merge.row + merge.rows; row++) {
      const cells = left[row] ?? [];
      const first = row === merge.row ? merge.column + 1 : merge.column;
      cells.fill('', first, merge.column + merge.columns);
    }
  return left;
}
