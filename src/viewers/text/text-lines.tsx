import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import { t } from '../../i18n/translate';
import { formatBytes } from '../../ui/format';
import type { Match } from './find-matches';
import { TextLine } from './text-line';
import type { LoadedText } from './text-parts';
import { countRows, longestLine, rowAt } from './text-rows';
import type { Search } from './use-search';

/** Height of a line that is not wrapped, in CSS pixels. As in the style sheet. */
const LINE_PX = 18;

/** Longest line that the width of the page makes room for, in characters. */
const WIDEST = 10_000;

const NO_MATCHES: readonly Match[] = [];

/** The loaded lines, of which only those in sight exist. */
export function TextLines(props: {
  name: string;
  text: LoadedText;
  search: Search;
  wraps: boolean;
  /** The row on top; written while it is scrolled. */
  rowInSight: React.MutableRefObject<number>;
  onLoadMore: () => void;
}): React.JSX.Element {
  const { name, text, search, wraps, rowInSight, onLoadMore } = props;
  const { matches, current, visits } = search;
  const scroller = React.useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: countRows(text),
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 10,
  });
  const matchesByRow = React.useMemo(() => groupByRow(matches), [matches]);
  const currentMatch = matches[current];
  const longest = React.useMemo(() => Math.min(WIDEST, longestLine(text)), [text]);

  // Heights that were measured with the other setting are wrong.
  React.useEffect(() => virtualizer.measure(), [virtualizer, wraps]);
  const target = currentMatch?.row;
  React.useEffect(() => {
    if (target === undefined || visits === 0) return undefined;
    virtualizer.scrollToIndex(target, { align: 'center' });
    // The row exists once the list has been drawn at its new place.
    const frame = requestAnimationFrame(() => {
      const mark = scroller.current?.querySelector('.viewer-current');
      mark?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    return () => cancelAnimationFrame(frame);
  }, [virtualizer, target, visits]);

  const rows = virtualizer.getVirtualItems();
  const { scrollOffset } = virtualizer;
  React.useEffect(() => {
    rowInSight.current = rows.find(({ end }) => end > (scrollOffset ?? 0))?.index ?? 0;
  });
  const digits = String(text.head.length).length;
  return (
    <div
      ref={scroller}
      className={`viewer-scroll viewer-text ${wraps ? 'viewer-wraps' : ''}`}
      role="region"
      aria-label={t('Text of {name}', { name })}
      tabIndex={0}
      style={{ '--digits': digits, '--longest': longest } as React.CSSProperties}
    >
      <div className="viewer-rows" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map(({ index, start }) => {
          const row = rowAt(text, index);
          return (
            row && (
              <div
                key={index}
                ref={virtualizer.measureElement}
                data-index={index}
                className="viewer-row viewer-line"
                style={{ transform: `translateY(${start}px)` }}
              >
                {row.kind === 'line' ? (
                  <>
                    <span className="viewer-number" data-number={row.number} />
                    <TextLine
                      text={row.text}
                      matches={matchesByRow.get(index) ?? NO_MATCHES}
                      current={currentMatch?.row === index ? currentMatch : undefined}
                    />
                  </>
                ) : (
                  <p className="viewer-gap">
                    … {t('{size} not shown', { size: formatBytes(row.bytes) })}{' '}
                    <button
                      type="button"
                      className="link-button"
                      onClick={() => {
                        // The button moves down, behind the lines that it brings.
                        scroller.current?.focus();
                        onLoadMore();
                      }}
                    >
                      {t('Load more')}
                    </button>
                  </p>
                )}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function groupByRow(matches: readonly Match[]): ReadonlyMap<number, readonly Match[]> {
  const byRow = new Map<number, Match[]>();
  for (const match of matches) {
    const inRow = byRow.get(match.row);
    if (inRow) inRow.push(match);
    else byRow.set(match.row, [match]);
  }
  return byRow;
}
