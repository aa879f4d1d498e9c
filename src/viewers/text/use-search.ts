import * as React from 'react';
import type { Match } from './find-matches';
import { findMatches, firstMatchFrom } from './find-matches';
import type { LoadedText } from './text-parts';

/** A search in a text, as it stands. */
export interface Search {
  readonly wanted: string;
  readonly matches: readonly Match[];
  /** Place in `matches` of the one that is looked at. */
  readonly current: number;
  /** Grows each time a match is to be brought into sight, also when it is the same one. */
  readonly visits: number;
  readonly setWanted: (wanted: string) => void;
  /** Goes so many matches ahead, or back, and round at either end. */
  readonly step: (by: number) => void;
}

interface Found {
  readonly matches: readonly Match[];
  readonly current: number;
  readonly visits: number;
}

const NOTHING: Found = { matches: [], current: 0, visits: 0 };

/**
 * Searches the loaded lines while a person types.
 *
 * @param rowInSight The row from which on a new search looks for its first match. Always the same function.
 */
export function useSearch(text: LoadedText, rowInSight: () => number): Search {
  const [wanted, setWanted] = React.useState('');
  const [found, setFound] = React.useState(NOTHING);
  const searched = React.useRef('');
  React.useEffect(() => {
    const isNew = searched.current !== wanted;
    searched.current = wanted;
    const from = isNew ? rowInSight() : 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const steps = findMatches(text, wanted);
    let isFirst = true;
    const run = (): void => {
      const { value, done } = steps.next();
      const takesPlace = isNew && isFirst && (value.length > 0 || done === true);
      if (takesPlace) isFirst = false;
      setFound((before) => ({
        matches: [...value],
        current: takesPlace ? firstMatchFrom(value, from) : before.current,
        visits: before.visits + (takesPlace ? 1 : 0),
      }));
      // The page may be drawn, and the next letter typed, in between.
      if (!done) timer = setTimeout(run);
    };
    run();
    return () => clearTimeout(timer);
  }, [text, wanted, rowInSight]);
  return {
    ...found,
    current: Math.min(found.current, Math.max(0, found.matches.length - 1)),
    wanted,
    setWanted,
    step: (by) =>
      setFound(({ matches, current, visits }) => ({
        matches,
        current: matches.length === 0 ? 0 : (current + by + matches.length) % matches.length,
        visits: visits + 1,
      })),
  };
}
