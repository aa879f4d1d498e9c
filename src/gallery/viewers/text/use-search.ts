import * as React from 'react';
import type { SearchActions } from '../search-field';
import { createReportClock } from '../../../base/steps';
import type { Match } from './find-matches';
import { findMatches, firstMatchFrom } from './find-matches';
import type { TextFile } from './text-file';

/** State and actions of a search. */
export interface Search extends SearchActions {
  readonly matches: readonly Match[];
  /** Index of the current match. */
  readonly current: number;
  /** Whether more matches can be found. */
  readonly isSearching: boolean;
  /** Incremented to scroll to the current match, even if it is the same one. */
  readonly scrollRequests: number;
}

interface Found {
  readonly matches: readonly Match[];
  readonly current: number;
  readonly isSearching: boolean;
  readonly scrollRequests: number;
}

const NOTHING: Found = { matches: [], current: 0, isSearching: false, scrollRequests: 0 };

/** Text to search. */
export interface SearchedText {
  readonly text: TextFile;
  /** Whether all rows have been found. */
  readonly isComplete: boolean;
  /** Rows to search, in order, or `undefined` for all. */
  readonly rows: readonly number[] | undefined;
  /** Returns the first visible row, the start of a new search. A stable function. */
  readonly topRow: () => number;
  /** Called if the bytes cannot be read. A stable function. */
  readonly onFailure: (error: unknown) => void;
}

/** Searches a whole text while the user types. */
export function useSearch({ text, isComplete, rows, topRow, onFailure }: SearchedText): Search {
  const [query, setQuery] = React.useState('');
  const [found, setFound] = React.useState(NOTHING);
  React.useEffect(() => {
    setFound(({ scrollRequests }) => ({ ...NOTHING, scrollRequests, isSearching: query !== '' }));
    if (query === '' || !isComplete) return undefined;
    const aborter = new AbortController();
    const from = topRow();
    const search = async (): Promise<void> => {
      let hasCurrent = false;
      const update = (matches: readonly Match[], isSearching: boolean): void => {
        const first = firstMatchFrom(matches, from) ?? (isSearching ? undefined : 0);
        const choosesCurrent = !hasCurrent && first !== undefined;
        hasCurrent ||= choosesCurrent;
        setFound((before) => ({
          matches: [...matches],
          isSearching,
          current: choosesCurrent ? first : before.current,
          scrollRequests: before.scrollRequests + (choosesCurrent ? 1 : 0),
        }));
      };
      const isDue = createReportClock();
      let matches: readonly Match[] = [];
      for await (matches of findMatches(text, query, isIn(rows), aborter.signal))
        if (isDue()) update(matches, true);
      update(matches, false);
    };
    search().catch((error: unknown) => aborter.signal.aborted || onFailure(error));
    return () => aborter.abort();
  }, [text, isComplete, rows, query, topRow, onFailure]);
  return {
    ...found,
    current: Math.min(found.current, Math.max(0, found.matches.length - 1)),
    query,
    setQuery,
    step: (by) =>
      setFound((before) => ({
        ...before,
        current:
          before.matches.length === 0
            ? 0
            : (before.current + by + before.matches.length) % before.matches.length,
        scrollRequests: before.scrollRequests + 1,
      })),
  };
}

/** Returns a function that tells whether a row is in a list. For calls in row order. */
function isIn(rows: readonly number[] | undefined): (row: number) => boolean {
  if (!rows) return () => true;
  let index = 0;
  return (row) => {
    while ((rows[index] ?? Infinity) < row) index++;
    return rows[index] === row;
  };
}
