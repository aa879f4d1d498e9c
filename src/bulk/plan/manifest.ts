import { t } from '../../base/i18n/translate';
import { MAX_COMMENT_LENGTH } from '../../azure/work-item';
import { MAX_NAME_LENGTH } from '../../upload/intake/attachment-name';
import type { CsvRow } from '../../base/csv';
import { readCsv, unescapeCell } from '../../base/csv';
import type { Column, Columns } from './manifest-columns';
import { detectFormat } from './manifest-columns';
import type { ManifestRow } from './plan';
import { readText } from './read-text';
import { readWorkItemIds } from './work-item-ids';

/** An unusable row. */
export interface RowFault {
  /** First line of the row, 1-based, as in a text editor. */
  readonly line: number;
  /** A sentence for the user. */
  readonly message: string;
}

/** Result of reading a manifest. */
export type ManifestResult =
  | { readonly ok: true; readonly rows: readonly ManifestRow[]; readonly faults: readonly RowFault[] }
  /** The whole manifest is unusable; `message` is a sentence for the user. */
  | { readonly ok: false; readonly message: string };

/** Maximum length of a quoted cell, in characters. */
const MAX_QUOTE_LENGTH = 40;

/** One number with grouped digits, or several numbers: `12,345`. */
const GROUPED_DIGITS = /^#?\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3})+$/;

/**
 * Reads a manifest: CSV with a header, in any common encoding, separated by commas, semicolons, tabs or bars.
 *
 * @param baseUrls See `readWorkItemIds`.
 */
export async function readManifest(
  source: string | Blob,
  baseUrls?: readonly string[],
): Promise<ManifestResult> {
  const result = typeof source === 'string' ? { ok: true as const, text: source } : await readText(source);
  return result.ok ? readTable(result.text, baseUrls) : result;
}

function readTable(table: string, baseUrls?: readonly string[]): ManifestResult {
  const { delimiter, columns, text, linesBefore } = detectFormat(table);
  const [header, ...rows] = readCsv(text, delimiter);
  if (!header) return { ok: false, message: t('The CSV file is empty.') };
  const missing = missingColumns(columns);
  if (missing) return { ok: false, message: missing };
  if (rows.length === 0) return { ok: false, message: t('The CSV file has a header but no rows.') };
  const validRows: ManifestRow[] = [];
  const faults: RowFault[] = [];
  const linesOf = new Map<string, number>();
  for (const row of rows) {
    const line = row.line + linesBefore;
    const read = readRow({ ...row, line }, { columns, width: header.cells.length, baseUrls });
    const message = typeof read === 'string' ? read : duplicateFault(read, linesOf);
    if (message !== undefined) faults.push({ line, message });
    else if (typeof read !== 'string') {
      validRows.push(read);
      for (const key of keysOf(read)) linesOf.set(key, line);
    }
  }
  return { ok: true, rows: validRows, faults };
}

function missingColumns({ workItem, file }: Columns): string | undefined {
  const [column, other] = [
    ...(workItem === undefined ? ['Work item'] : []),
    ...(file === undefined ? ['File'] : []),
  ];
  if (column === undefined) return undefined;
  return other === undefined
    ? t('The first line must name the columns. “{column}” is missing.', { column })
    : t('The first line must name the columns. “{column}” and “{other}” are missing.', {
        column,
        other,
      });
}

/** Properties of the whole table. */
interface TableFacts {
  readonly columns: Columns;
  readonly width: number;
  readonly baseUrls: readonly string[] | undefined;
}

/** Returns the row, or a sentence about its fault. */
function readRow(
  { line, cells, hasBrokenQuotes }: CsvRow,
  { columns, width, baseUrls }: TableFacts,
): ManifestRow | string {
  if (hasBrokenQuotes) return t('Missing closing quotation mark. Later rows might be skipped.');
  if (cells.slice(width).some((cell) => cell.trim() !== ''))
    return t(
      'This row has {count, number} values for {width, number} columns. Put values that contain a separator in quotation marks.',
      { count: cells.length, width },
    );
  const cellOf = (column: Column): string =>
    unescapeCell(cells[columns[column] ?? cells.length] ?? '').trim();
  const [workItem, file, name, comment] = [
    cellOf('workItem'),
    cellOf('file'),
    cellOf('name'),
    cellOf('comment'),
  ];
  if (workItem === '') return t('Missing work item ID.');
  const { ids, unknown, queryIds } = readWorkItemIds(workItem, baseUrls);
  const isUnclear = GROUPED_DIGITS.test(workItem);
  if (isUnclear || unknown.length > 0 || queryIds.length > 0 || ids.length === 0)
    return t("“{text}” isn't a work item ID.", {
      text: shorten((isUnclear ? undefined : unknown[0]) ?? workItem),
    });
  if (file === '') return t('Missing file name.');
  if (name.length > MAX_NAME_LENGTH)
    return t('The name is longer than {count, number} characters.', { count: MAX_NAME_LENGTH });
  if (comment.length > MAX_COMMENT_LENGTH)
    return t('The comment is longer than {count, number} characters.', { count: MAX_COMMENT_LENGTH });
  return { line, workItemIds: ids, file, name, comment };
}

function duplicateFault(row: ManifestRow, linesOf: ReadonlyMap<string, number>): string | undefined {
  const [line] = keysOf(row).flatMap((key) => linesOf.get(key) ?? []);
  return line === undefined ? undefined : t('Same file and work item as line {line}.', { line });
}

function keysOf({ file, workItemIds }: ManifestRow): readonly string[] {
  return workItemIds.map((id) => `${id} ${file.normalize('NFC')}`);
}

function shorten(text: string): string {
  const characters = Array.from(text);
  const isLong = characters.length > MAX_QUOTE_LENGTH;
  return isLong ? `${characters.slice(0, MAX_QUOTE_LENGTH).join('')}…` : text;
}
