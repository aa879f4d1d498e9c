import * as React from 'react';
import type { PlacedText } from './place-text';
import type { PageMatch } from './search-pages';

/** Runs of text to render together. */
export interface RunsToRender {
  readonly runs: readonly PlacedText[];
  /** Matches on the page, in order. */
  readonly matches: readonly PageMatch[];
  /** Current match, if on this page. */
  readonly current: PageMatch | undefined;
}

const NONE: readonly PageMatch[] = [];

/** Some runs of the text of a page, with highlighted matches. */
export function TextRuns({ runs, matches, current }: RunsToRender): React.JSX.Element {
  const own = useSameItems(
    React.useMemo(() => matchesBetween(matches, startOf(runs[0]), endOf(runs.at(-1))), [runs, matches]),
  );
  const ownCurrent = current && own.includes(current) ? current : undefined;
  const rendered = React.useMemo(
    () =>
      runs.map((placed, index) => (
        <Run
          key={index}
          placed={placed}
          matches={own.length === 0 ? NONE : matchesBetween(own, startOf(placed), endOf(placed))}
          current={ownCurrent}
        />
      )),
    [runs, own, ownCurrent],
  );
  return <div>{rendered}</div>;
}

function Run(props: {
  placed: PlacedText;
  /** Matches that begin or end in the run, or go through it. */
  matches: readonly PageMatch[];
  current: PageMatch | undefined;
}): React.JSX.Element {
  const { placed, matches, current } = props;
  const { run, left, top, fontSize, fontFamily, angle, stretch } = placed;
  const pieces: React.ReactNode[] = [];
  let at = 0;
  for (const match of matches) {
    const from = Math.max(at, match.start - run.start);
    const to = Math.min(run.text.length, match.end - run.start);
    pieces.push(run.text.slice(at, from));
    pieces.push(
      <mark key={from} className={match === current ? 'viewer-current' : undefined}>
        {run.text.slice(from, to)}
      </mark>,
    );
    at = to;
  }
  pieces.push(run.text.slice(at));
  return (
    <>
      {run.text !== '' && (
        <span
          dir={run.dir === 'rtl' ? 'rtl' : 'ltr'}
          style={{ left, top, fontSize, fontFamily, transform: `rotate(${angle}rad) scaleX(${stretch})` }}
        >
          {pieces}
        </span>
      )}
      {run.hasEnd && <br />}
    </>
  );
}

function startOf(placed: PlacedText | undefined): number {
  return placed?.run.start ?? 0;
}

function endOf(placed: PlacedText | undefined): number {
  return placed ? placed.run.start + placed.run.text.length : 0;
}

/** Returns the matches with a part between two offsets in the text of the page. */
function matchesBetween(matches: readonly PageMatch[], start: number, end: number): readonly PageMatch[] {
  return matches.filter((match) => match.end > start && match.start < end);
}

/** Returns the list of the last render if this one has the same items. */
function useSameItems(list: readonly PageMatch[]): readonly PageMatch[] {
  const last = React.useRef(list);
  const isSame = list.length === last.current.length && list.every((item, at) => item === last.current[at]);
  if (!isSame) last.current = list;
  return last.current;
}
