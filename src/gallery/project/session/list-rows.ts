import { writeCsv } from '../../../base/csv';
import { t } from '../../../base/i18n/translate';
import type { ProjectFile, ProjectIndex } from '../project-index';
import { attachmentsOfFile } from '../project-index';

/** Rows read and written at a time: fewer than 50 ms of work. */
const CHUNK_ROWS = 1_000;

/** Mark in front of a table, once per file. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Writes the rows of a result as a CSV file, in parts to join.
 *
 * @param onProgress Called with the number of rows written.
 * @returns `undefined` if the result is no longer valid.
 * @throws CancelledError after an abort.
 */
export async function writeList(
  index: Pick<ProjectIndex, 'readRows'>,
  result: { readonly id: number; readonly count: number },
  signal: AbortSignal,
  onProgress: (rows: number) => void,
): Promise<readonly string[] | undefined> {
  const parts = [writeCsv([titles()])];
  for (let row = 0; row < result.count;) {
    const files = await index.readRows(result.id, row, CHUNK_ROWS);
    signal.throwIfAborted();
    if (files.length === 0) return undefined;
    parts.push(writeCsv(files.map(cellsOf)).slice(BYTE_ORDER_MARK.length));
    row += files.length;
    onProgress(row);
  }
  return parts;
}

function titles(): readonly string[] {
  return [
    t('Name'),
    t('Size in bytes'),
    t('Work item'),
    t('Work item type'),
    t('Title'),
    t('State'),
    t('Area'),
    t('Attached'),
    t('Attached by'),
    t('Folder'),
    t('Comment'),
    t('In the text'),
    t('Duplicate'),
    t('Address'),
  ];
}

function cellsOf(file: ProjectFile): readonly string[] {
  const { item, size, addedAt } = file;
  return [
    file.name,
    size === undefined ? '' : String(size),
    String(item.id),
    item.type,
    item.title,
    item.state,
    item.area,
    Number.isNaN(addedAt) ? '' : new Date(addedAt).toISOString(),
    file.addedBy,
    file.folder,
    file.comment,
    file.isInText ? t('Yes') : t('No'),
    file.isDuplicate ? (file.hasSameContent ? t('Yes') : t('Probably')) : t('No'),
    attachmentsOfFile(file)
      .map(({ reference }) => reference.url)
      .join(' '),
  ];
}
