import * as React from 'react';
import { firstIndexWhere } from '../../../base/bisect';
import { t } from '../../../base/i18n/translate';
import type { TextFile } from './text-file';

/**
 * Maximum rows to scroll through at once. Browsers limit the height of an element: Firefox to 17.9 million pixels, or 178
 * for each row.
 */
export const SECTION_ROWS = 100_000;

/** Rows to show, in sections of a height that browsers can scroll. */
export interface Sections {
  /** Shown rows of all sections. */
  readonly count: number;
  /** The section on the screen, from 0. */
  readonly current: number;
  /** Index of the first shown row of the section. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** Index of the row that the section was chosen for, or of the next shown one, among the shown rows. */
  readonly index: number;
  /** Returns the row at an index of the shown rows. */
  readonly rowAt: (index: number) => number;
}

/**
 * Returns the section with a row.
 *
 * @param rows Rows to show, in order, or `undefined` for all.
 */
export function sectionOf(row: number, rowCount: number, rows: readonly number[] | undefined): Sections {
  const count = rows?.length ?? rowCount;
  const index = Math.min(
    rows ? firstIndexWhere(rows.length, (at) => (rows[at] ?? 0) >= row) : row,
    Math.max(0, count - 1),
  );
  const current = Math.floor(index / SECTION_ROWS);
  const start = current * SECTION_ROWS;
  return {
    ...{ count, current, index, start },
    end: Math.min(count, start + SECTION_ROWS),
    rowAt: (at) => (rows ? (rows[at] ?? 0) : at),
  };
}

/** Returns the numbers of the first and the last line of a section. */
export function linesOf(
  section: number,
  { count, rowAt }: Sections,
  text: Pick<TextFile, 'numberAt'>,
): { readonly first: number; readonly last: number } {
  const start = section * SECTION_ROWS;
  const end = Math.min(count, start + SECTION_ROWS);
  return { first: text.numberAt(rowAt(start)), last: text.numberAt(rowAt(end - 1)) };
}

/** Chooses the section of a text that is too long to scroll through. */
export function SectionField(props: {
  sections: Sections;
  text: Pick<TextFile, 'numberAt'>;
  onChoose: (section: number) => void;
}): React.JSX.Element | null {
  const { sections, text, onChoose } = props;
  const count = Math.ceil(sections.count / SECTION_ROWS);
  if (count < 2) return null;
  return (
    <select
      className="field viewer-select"
      aria-label={t('Part of the file')}
      value={sections.current}
      onChange={({ target }) => onChoose(Number(target.value))}
    >
      {Array.from({ length: count }, (_, section) => (
        <option key={section} value={section}>
          {t('Lines {first, number} to {last, number}', linesOf(section, sections, text))}
        </option>
      ))}
    </select>
  );
}
