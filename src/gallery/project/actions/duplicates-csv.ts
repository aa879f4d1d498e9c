import { writeCsv } from '../../../base/csv';
import { t } from '../../../base/i18n/translate';
import type { DuplicateSet, ProjectFile, ProjectIndex } from '../project-index';

/** Groups read at a time. */
const CHUNK_SETS = 200;

/**
 * Writes the groups of a result as a CSV file, a row per file.
 *
 * @throws What the index throws.
 */
export async function writeDuplicates(
  index: Pick<ProjectIndex, 'readDuplicates'>,
  resultId: number,
): Promise<string> {
  const rows: (readonly string[])[] = [titles()];
  for (let group = 0, isEnd = false; !isEnd;) {
    const sets = await index.readDuplicates(resultId, group, CHUNK_SETS);
    for (const set of sets) {
      group++;
      for (const file of set.files) rows.push(cellsOf(group, set, file));
    }
    isEnd = sets.length < CHUNK_SETS;
  }
  return writeCsv(rows);
}

function titles(): readonly string[] {
  return [
    t('Group'),
    t('Content'),
    t('Name'),
    t('Size in bytes'),
    t('Oldest'),
    t('Work item'),
    t('Title'),
    t('Attached'),
    t('Attached by'),
    t('In the text'),
    t('Bytes freed by the group'),
    t('Address'),
  ];
}

function cellsOf(group: number, set: DuplicateSet, file: ProjectFile): readonly string[] {
  const { isProven, size, files, freedBytes } = set;
  const { item, reference, addedAt } = file;
  return [
    String(group),
    isProven ? t('Same') : t('Probably the same'),
    file.name,
    String(size),
    reference.id === files[0]?.reference.id ? t('Yes') : t('No'),
    String(item.id),
    item.title,
    Number.isNaN(addedAt) ? '' : new Date(addedAt).toISOString(),
    file.addedBy,
    file.isInText ? t('Yes') : t('No'),
    String(freedBytes),
    reference.url,
  ];
}
