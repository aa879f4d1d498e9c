import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { describeMatches } from './matches';
import type { SearchActions } from './search-field';

/** Result of a search so far. */
export interface MatchesFound<M> {
  /** In the order of the file. */
  readonly matches: readonly M[];
  readonly isSearching: boolean;
  /** Whether a part of the file is not searched. */
  readonly isPartial: boolean;
  /** Returns the new index of the current match. For the first matches, that of the match to begin with. */
  readonly indexOf: (current: M | undefined) => number;
}

/**
 * Searches a file, and reports the matches so far from time to time. Rejects after an abort.
 *
 * @param query Not empty.
 */
export type FindMatches<M> = (
  query: string,
  report: (found: MatchesFound<M>) => void,
  signal: AbortSignal,
) => Promise<void>;

/** State and actions of a search. */
export interface MatchSearch<M> extends SearchActions {
  readonly matches: readonly M[];
  readonly current: M | undefined;
  /** Incremented to scroll to the current match, even if it is the same one. */
  readonly scrollRequests: number;
  /** Whether the user chose the current match. */
  readonly isChosen: boolean;
  /** Result in words. */
  readonly status: string;
}

interface State<M> {
  readonly found: MatchesFound<M> | undefined;
  readonly current: number;
  readonly scrollRequests: number;
  readonly isChosen: boolean;
}

const NO_MATCHES: readonly never[] = [];

/**
 * Searches while the user types.
 *
 * @param find A memoized function.
 */
export function useMatchSearch<M>(find: FindMatches<M>): MatchSearch<M> {
  const [query, setQuery] = React.useState('');
  const [state, setState] = React.useState<State<M>>({
    ...{ found: undefined, current: 0, scrollRequests: 0, isChosen: false },
  });
  React.useEffect(() => {
    setState((before) => ({ ...before, found: undefined, current: 0, isChosen: false }));
    if (query === '') return undefined;
    const aborter = new AbortController();
    const report = (found: MatchesFound<M>): void => setState((before) => withFound(before, found));
    find(query, report, aborter.signal).catch(() => undefined);
    return () => aborter.abort();
  }, [find, query]);
  const { found, current, scrollRequests, isChosen } = state;
  const matches = found?.matches ?? NO_MATCHES;
  return {
    ...{ query, setQuery, matches, scrollRequests, isChosen },
    current: matches[current],
    status: describeFound(query, found, current),
    step: (by) =>
      setState((before) => {
        const count = before.found?.matches.length ?? 0;
        if (count === 0) return before;
        return {
          ...before,
          current: (before.current + by + count) % count,
          scrollRequests: before.scrollRequests + 1,
          isChosen: true,
        };
      }),
  };
}

function withFound<M>(before: State<M>, found: MatchesFound<M>): State<M> {
  const last = before.found?.matches[before.current];
  const isFirst = !last && found.matches.length > 0;
  return {
    ...before,
    found,
    current: Math.max(0, found.indexOf(last)),
    scrollRequests: before.scrollRequests + (isFirst ? 1 : 0),
  };
}

function describeFound<M>(query: string, found: MatchesFound<M> | undefined, current: number): string {
  if (!found) return '';
  const { matches, isSearching, isPartial } = found;
  if (isPartial && !isSearching && matches.length === 0) return t('Nothing found in the part shown');
  return describeMatches(query, current, matches.length, isSearching || isPartial);
}
