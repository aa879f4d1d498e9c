import { t } from '../../../base/i18n/translate';
import { MAX_COLUMNS } from '../table/column-widths';
import type { Workbook } from './read-workbook';

/** Returns the letters of a column, from 0: `A`, `Z`, `AA`. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** `1,234 rows`, with the limits of what is shown. */
export function describeSize({ rows: { length: shown }, totalRows, columns }: Workbook): string {
  const size =
    totalRows === shown
      ? t('{rows, plural, one {# row} other {# rows}}', { rows: shown })
      : totalRows === undefined
        ? t('First {rows, plural, one {# row} other {# rows}}', { rows: shown })
        : t('First {shown, number} of {rows, number} rows', { shown, rows: totalRows });
  if (columns <= MAX_COLUMNS) return size;
  return `${size} · ${t('First {shown, number} of {columns, number} columns', { shown: MAX_COLUMNS, columns })}`;
}
