import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { withoutAnsi } from './ansi';
import { groupMatches } from '../matches';
import type { Match } from './find-matches';
import type { RunsOfLine } from './highlight-lines';
import { canHaveLevels, levelOf } from './log-levels';
import type { Sections } from './sections';
import { linesOf } from './sections';
import type { TextExtent, TextFile } from './text-file';
import { TextLine } from './text-line';
import { useLoadedRows } from './use-text-file';
import type { Search } from './use-search';

/** Height of an unwrapped line, in CSS pixels, as in the style sheet. */
const LINE_PX = 18;

/** Maximum width of the scrolled area, in characters. */
const MAX_WIDTH = 10_000;

const NO_MATCHES: readonly Match[] = [];

/** A row to scroll to. A new object scrolls again. */
export interface Anchor {
  readonly row: number;
  /** Whether the current match of the search is in it. */
  readonly isMatch: boolean;
}

interface TextLinesProps {
  readonly name: string;
  readonly text: TextFile;
  readonly extent: TextExtent;
  readonly sections: Sections;
  readonly anchor: Anchor;
  readonly search: Search;
  readonly wraps: boolean;
  /** First visible row, updated on scrolling. */
  readonly topRow: React.MutableRefObject<number>;
  /** Runs of each line, by its number from 0, in the colors of its language. */
  readonly syntaxOf: RunsOfLine | undefined;
  readonly onSection: (section: number) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Virtual list of the rows in a section, with buttons for the sections before and behind it. */
export function TextLines(props: TextLinesProps): React.JSX.Element {
  const { name, text, extent, sections, search, wraps, onFailure } = props;
  const matchesByRow = React.useMemo(() => groupMatches(search.matches, ({ row }) => row), [search.matches]);
  const isLog = canHaveLevels(name);
  const scroller = React.useRef<HTMLDivElement>(null);
  const { start, end, count, rowAt } = sections;
  const before = start > 0 ? 1 : 0;
  const after = end < count ? 1 : 0;
  const first = start - before;
  const virtualizer = useVirtualizer({
    count: end + after - first,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    getItemKey: (index) => rowAt(index + first),
    overscan: 10,
    // A search can jump to rows of other heights, and measuring them at once would go round in circles.
    useAnimationFrameWithResizeObserver: true,
  });
  // The measured heights depend on this setting.
  React.useEffect(() => virtualizer.measure(), [virtualizer, wraps]);
  useScrolling(props, scroller, (index, align) => virtualizer.scrollToIndex(index - first, { align }));

  const items = virtualizer.getVirtualItems();
  const isRow = (index: number): boolean => index >= start && index < end;
  const shown = items.map(({ index }) => index + first).filter(isRow);
  useLoadedRows(text, shown.map(rowAt), onFailure);
  const { scrollOffset } = virtualizer;
  React.useEffect(() => {
    const top = items.find((item) => item.end > (scrollOffset ?? 0) && isRow(item.index + first));
    props.topRow.current = rowAt((top?.index ?? before) + first);
  });
  const style = {
    '--digits': String(text.numberAt(extent.rowCount - 1)).length,
    '--longest': Math.min(MAX_WIDTH, extent.longestRow),
  } as React.CSSProperties;
  return (
    <div
      ref={scroller}
      className={`viewer-scroll viewer-text ${wraps ? 'viewer-wraps' : ''}`}
      role="region"
      aria-label={t('Text of {name}', { name })}
      tabIndex={0}
      style={style}
    >
      <div className="viewer-rows" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => (
          <div
            key={String(item.key)}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className="viewer-row viewer-line"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {isRow(item.index + first) ? (
              <Row
                text={text}
                row={rowAt(item.index + first)}
                isLog={isLog}
                matches={matchesByRow.get(rowAt(item.index + first))}
                current={search.matches[search.current]}
                syntaxOf={props.syntaxOf}
              />
            ) : (
              <SectionButton
                {...props}
                section={sections.current + (item.index === 0 ? -1 : 1)}
                focusLines={() => scroller.current?.focus()}
              />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Scrolls to a new anchor, and to the current match within its line. */
function useScrolling(
  { anchor, sections }: TextLinesProps,
  scroller: React.RefObject<HTMLElement>,
  scrollTo: (index: number, align: 'start' | 'center') => void,
): void {
  const { index } = sections;
  const latest = React.useRef(scrollTo);
  const awaitsMark = React.useRef(false);
  React.useLayoutEffect(() => void (latest.current = scrollTo));
  React.useEffect(() => {
    latest.current(index, anchor.isMatch ? 'center' : 'start');
    awaitsMark.current = anchor.isMatch;
  }, [anchor, index]);
  // After each render: the line of the match may not be loaded yet.
  React.useEffect(() => {
    const mark = awaitsMark.current ? scroller.current?.querySelector('.viewer-current') : undefined;
    if (!mark) return undefined;
    // The row gets its place in the next render.
    const frame = requestAnimationFrame(() => {
      awaitsMark.current = false;
      mark.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    return () => cancelAnimationFrame(frame);
  });
}

/** A row with its line number. The text follows when it is loaded. */
function Row(props: {
  text: TextFile;
  row: number;
  /** Whether lines with an error or a warning are marked. */
  isLog: boolean;
  matches: readonly Match[] | undefined;
  current: Match | undefined;
  syntaxOf: RunsOfLine | undefined;
}): React.JSX.Element {
  const { text, row: index, isLog, matches = NO_MATCHES, current, syntaxOf } = props;
  const row = text.rowAt(index);
  const level = isLog && row ? levelOf(withoutAnsi(row.text)) : undefined;
  return (
    <>
      <span
        className={`viewer-number ${level ? `level-${level}` : ''}`}
        data-number={row ? row.number : text.numberAt(index)}
      />
      {row && (
        <TextLine
          line={row.text}
          matches={matches}
          current={current?.row === index ? current : undefined}
          syntax={row.number === undefined ? undefined : syntaxOf?.(row.number - 1)}
        />
      )}
    </>
  );
}

function SectionButton(
  props: TextLinesProps & { readonly section: number; readonly focusLines: () => void },
): React.JSX.Element {
  const { section, sections, text, onSection, focusLines } = props;
  return (
    <p className="viewer-gap">
      <button
        type="button"
        className="link-button"
        onClick={() => {
          // The button disappears.
          focusLines();
          onSection(section);
        }}
      >
        {t('Show lines {first, number} to {last, number}', linesOf(section, sections, text))}
      </button>
    </p>
  );
}
