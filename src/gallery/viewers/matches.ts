import { t } from '../../base/i18n/translate';

/** Maximum number of matches. The status marks a longer list with `+`. */
export const MAX_MATCHES = 10_000;

/**
 * Returns the search status: `3 of 17`, `Nothing found`. Empty without a query.
 *
 * @param isSearching Whether more matches can be found.
 */
export function describeMatches(query: string, current: number, count: number, isSearching: boolean): string {
  if (query === '') return '';
  if (count === 0) return isSearching ? t('Searching…') : t('Nothing found');
  const place = current + 1;
  return isSearching || count === MAX_MATCHES
    ? t('{place, number} of {count, number}+', { place, count })
    : t('{place, number} of {count, number}', { place, count });
}

/** Returns the source of a regular expression that matches a text literally. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/**
 * Groups matches by their place: a row, a page.
 *
 * @returns Groups with the matches in their order. Places without a match are missing.
 */
export function groupMatches<M>(
  matches: readonly M[],
  placeOf: (match: M) => number,
): ReadonlyMap<number, readonly M[]> {
  const groups = new Map<number, M[]>();
  for (const match of matches) {
    const group = groups.get(placeOf(match));
    if (group) group.push(match);
    else groups.set(placeOf(match), [match]);
  }
  return groups;
}
