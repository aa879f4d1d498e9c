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
