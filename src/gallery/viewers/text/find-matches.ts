import { t } from '../../../base/i18n/translate';
import { withoutAnsi } from './ansi';
import type { LoadedText } from './text-parts';
import { countRows, rowAt } from './text-parts';

/** Position of a search match. */
export interface Match {
  /** Row, 0-based. */
  readonly row: number;
  /** Offset in the line without its control sequences, in UTF-16 units. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Maximum number of matches. The status marks a longer list with `+`. */
export const MAX_MATCHES = 10_000;

/** Characters searched between two yields to the page. */
const STEP_CHARACTERS = 2_000_000;

/**
 * Searches the loaded lines, case-insensitive. Each step searches a part of them and yields the matches so far, always
 * in the same array. Stops at `MAX_MATCHES`.
 */
export function* findMatches(
  text: LoadedText,
  query: string,
  stepCharacters = STEP_CHARACTERS,
): Generator<readonly Match[], readonly Match[]> {
  const matches: Match[] = [];
  if (query === '') return matches;
  const pattern = new RegExp(query.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
  const rows = countRows(text);
  let searched = 0;
  for (let row = 0; row < rows; row++) {
    const line = rowAt(text, row);
    if (line?.kind !== 'line') continue;
    for (const { index, 0: found } of withoutAnsi(line.text).matchAll(pattern)) {
      matches.push({ row, start: index, end: index + found.length });
      if (matches.length === MAX_MATCHES) return matches;
    }
    searched += line.text.length;
    if (searched >= stepCharacters) {
      searched = 0;
      yield matches;
    }
  }
  return matches;
}

/** Returns the index of the first match in or below a row, or 0 without one. */
export function firstMatchFrom(matches: readonly Match[], row: number): number {
  return Math.max(
    0,
    matches.findIndex((match) => match.row >= row),
  );
}

/**
 * Returns the search status: `3 of 17`, `Nothing found`. Empty without a query.
 *
 * @param isPartial Whether some lines are not loaded, and not searched.
 */
export function describeMatches(query: string, current: number, count: number, isPartial: boolean): string {
  if (query === '') return '';
  if (count === 0) return isPartial ? t('Nothing found in what is loaded') : t('Nothing found');
  const place = current + 1;
  if (count === MAX_MATCHES)
    return isPartial
      ? t('{place, number} of {count, number}+ in what is loaded', { place, count })
      : t('{place, number} of {count, number}+', { place, count });
  return isPartial
    ? t('{place, number} of {count, number} in what is loaded', { place, count })
    : t('{place, number} of {count, number}', { place, count });
}
