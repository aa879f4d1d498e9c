import type { TaskContext } from '../../workers/task-context';
import type { InertParts } from '../office/inert-parts';
import { findInertParts } from '../office/inert-parts';
import { openPackage } from '../office/open-package';
import { ViewerProblem } from '../viewer-problem';
import { readFormats } from './cell-formats';
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
export interface Workbook {
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
  const formatOf = await readFormats(styles, context);
  const { rows, columns, totalRows } = await readSheet(entry, { formatOf, is1904 }, context);
  const shared = await readSharedStrings(strings, sharedIn(rows), context);
  const texts = textsOf(rows, shared);
  return {
    sheets: sheets.map(({ name, isHidden }) => ({ name, isHidden })),
    sheet,
    rows: texts,
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
