import * as React from 'react';
import type { Match } from './find-matches';
import { findMatches, firstMatchFrom } from './find-matches';
import type { LoadedText } from './text-parts';

/** State and actions of a search. */
export interface Search {
  readonly query: string;
  readonly matches: readonly Match[];
  /** Index of the current match. */
  readonly current: number;
  /** Incremented to scroll to the current match, even if it is the same one. */
  readonly scrollRequests: number;
  readonly setQuery: (query: string) => void;
  /** Moves by a number of matches, wrapping around at the ends. */
  readonly step: (by: number) => void;
}

interface Found {
  readonly matches: readonly Match[];
  readonly current: number;
  readonly scrollRequests: number;
}

const NOTHING: Found = { matches: [], current: 0, scrollRequests: 0 };

/**
 * Searches the loaded lines while the user types.
 *
 * @param topRow Returns the first visible row, the start of a new search. A stable function.
 */
export function useSearch(text: LoadedText, topRow: () => number): Search {
  const [query, setQuery] = React.useState('');
  const [found, setFound] = React.useState(NOTHING);
  const searched = React.useRef('');
  const latest = React.useRef({ found, text });
  React.useLayoutEffect(() => void (latest.current.found = found));
  React.useEffect(() => {
    const isNew = searched.current !== query;
    searched.current = query;
    const from = isNew ? topRow() : 0;
    const fromEnd = isNew ? undefined : indexFromEnd(latest.current);
    latest.current.text = text;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const steps = findMatches(text, query);
    let isFirst = true;
    const run = (): void => {
      const { value, done } = steps.next();
      const choosesCurrent = isNew && isFirst && (value.length > 0 || done === true);
      if (choosesCurrent) isFirst = false;
      setFound((before) => ({
        matches: [...value],
        current: choosesCurrent
          ? firstMatchFrom(value, from)
          : fromEnd === undefined || done !== true
            ? before.current
            : Math.max(0, value.length - fromEnd),
        scrollRequests: before.scrollRequests + (choosesCurrent ? 1 : 0),
      }));
      // Lets the page render and handle input in between.
      if (!done) timer = setTimeout(run);
    };
    run();
    return () => clearTimeout(timer);
  }, [text, query, topRow]);
  return {
    ...found,
    current: Math.min(found.current, Math.max(0, found.matches.length - 1)),
    query,
    setQuery,
    step: (by) =>
      setFound(({ matches, current, scrollRequests }) => ({
        matches,
        current: matches.length === 0 ? 0 : (current + by + matches.length) % matches.length,
        scrollRequests: scrollRequests + 1,
      })),
  };
}

/** Index from the end of a current match below the gap: more lines above it change its row and its index. */
function indexFromEnd(searched: { readonly found: Found; readonly text: LoadedText }): number | undefined {
  const { matches, current } = searched.found;
  const row = matches[current]?.row;
  return row === undefined || row <= searched.text.head.length ? undefined : matches.length - current;
}
