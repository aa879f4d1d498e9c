import { t } from '../../i18n/translate';
import type { LoadedText } from './text-parts';
import { countRows, rowAt } from './text-rows';

/** Where what was looked for stands. */
export interface Match {
  /** Row of the text, 0-based. */
  readonly row: number;
  /** Place in the row's line, in UTF-16 units. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Nobody steps through more of them; the count says that there are more. */
export const MOST_MATCHES = 10_000;

/** Characters that are looked through before the page may do something else. */
const STEP_CHARACTERS = 2_000_000;

/**
 * Finds a text in the loaded lines, upper and lower case alike. Each step looks through a part of them and yields what
 * has been found so far, always the same array. Stops at `MOST_MATCHES`.
 */
export function* findMatches(
  text: LoadedText,
  wanted: string,
  stepCharacters = STEP_CHARACTERS,
): Generator<readonly Match[], readonly Match[]> {
  const matches: Match[] = [];
  if (wanted === '') return matches;
  const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
  const rows = countRows(text);
  let seen = 0;
  for (let row = 0; row < rows; row++) {
    const line = rowAt(text, row);
    if (line?.kind !== 'line') continue;
    for (const { index, 0: found } of line.text.matchAll(pattern)) {
      matches.push({ row, start: index, end: index + found.length });
      if (matches.length === MOST_MATCHES) return matches;
    }
    seen += line.text.length;
    if (seen >= stepCharacters) {
      seen = 0;
      yield matches;
    }
  }
  return matches;
}

/** The place in `matches` of the first one in or below a row; the first of all where there is none. */
export function firstMatchFrom(matches: readonly Match[], row: number): number {
  return Math.max(
    0,
    matches.findIndex((match) => match.row >= row),
  );
}

/**
 * `3 of 17`, `Nothing found`. Empty while nothing is looked for.
 *
 * @param isPart Whether lines are missing, in which nothing is found.
 */
export function describeMatches(wanted: string, current: number, count: number, isPart: boolean): string {
  if (wanted === '') return '';
  if (count === 0) return isPart ? t('Nothing found in what is loaded') : t('Nothing found');
  const place = current + 1;
  if (count === MOST_MATCHES)
    return isPart
      ? t('{place, number} of {count, number}+ in what is loaded', { place, count })
      : t('{place, number} of {count, number}+', { place, count });
  return isPart
    ? t('{place, number} of {count, number} in what is loaded', { place, count })
    : t('{place, number} of {count, number}', { place, count });
}
