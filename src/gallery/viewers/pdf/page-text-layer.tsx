import * as React from 'react';
import { browserFonts } from './font-measures';
import type { PageSize } from './page-scale';
import type { PageText } from './page-text';
import type { PlacedText } from './place-text';
import { placeText } from './place-text';
import type { PageMatch } from './search-pages';
import type { RunsToRender } from './text-runs';
import { TextRuns } from './text-runs';
import type { ScrollTarget } from './use-match-scrolling';
import { useSteadySelection } from './use-steady-selection';

/** Runs to render at a time. A browser lays out about ten in a millisecond. */
const CHUNK_RUNS = 200;

/** The text of a page over its picture: transparent, to select and copy it, and for screen readers. */
export function PageTextLayer(props: {
  text: PageText;
  /** Transformation from the page to CSS pixels at scale 1. Memoized. */
  toView: readonly number[];
  /** Size of the page at scale 1. */
  size: PageSize;
  scale: number;
  /** Matches on this page, in order. Memoized. */
  matches: readonly PageMatch[];
  /** Current match, if on this page. */
  current: PageMatch | undefined;
  scrollTarget: ScrollTarget;
}): React.JSX.Element {
  const { text, toView, size, scale, matches, current, scrollTarget } = props;
  const layer = React.useRef<HTMLDivElement>(null);
  useSteadySelection(layer);
  const chunks = React.useMemo(() => chunksOf(placeText(text, toView, browserFonts())), [text, toView]);
  const rendered = useSteps(
    React.useMemo(() => chunks.map((runs) => ({ runs, matches, current })), [chunks, matches, current]),
  );
  React.useEffect(() => {
    if (!current || scrollTarget.current !== current) return;
    const mark = layer.current?.querySelector('.viewer-current');
    if (!mark) return;
    scrollTarget.current = undefined;
    mark.scrollIntoView({ block: 'center', inline: 'nearest' });
  });
  return (
    <div
      ref={layer}
      className="viewer-page-text"
      style={{ width: size.width, height: size.height, transform: `scale(${scale})` }}
    >
      {rendered.map((runs, index) => (
        <TextRuns key={index} {...runs} />
      ))}
    </div>
  );
}

function chunksOf(placed: readonly PlacedText[]): readonly (readonly PlacedText[])[] {
  return Array.from({ length: Math.ceil(placed.length / CHUNK_RUNS) }, (_, index) =>
    placed.slice(index * CHUNK_RUNS, (index + 1) * CHUNK_RUNS),
  );
}

/**
 * Returns the chunks to render: one more with each step, with input in between. Those of later steps stay as they were.
 *
 * @param chunks Memoized.
 */
function useSteps(chunks: readonly RunsToRender[]): readonly RunsToRender[] {
  const [last, setLast] = React.useState({ chunks, done: 1 });
  const before = React.useRef<readonly RunsToRender[]>([]);
  const done = last.chunks === chunks ? last.done : 1;
  const rendered = [...chunks.slice(0, done), ...before.current.slice(done)];
  React.useEffect(() => {
    before.current = rendered;
    if (done >= chunks.length) return undefined;
    const timer = setTimeout(() => setLast({ chunks, done: done + 1 }));
    return () => clearTimeout(timer);
  });
  return rendered;
}
