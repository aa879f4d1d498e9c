import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { formatBytes } from '../../../base/format';
import type { Match } from './find-matches';
import { TextLine } from './text-line';
import type { LoadedText } from './text-parts';
import { countRows, maxLineLength, rowAt } from './text-parts';
import type { Search } from './use-search';

/** Height of an unwrapped line, in CSS pixels, as in the style sheet. */
const LINE_PX = 18;

/** Maximum width of the scrolled area, in characters. */
const MAX_WIDTH = 10_000;

const NO_MATCHES: readonly Match[] = [];

/** Virtual list of the loaded lines. */
export function TextLines(props: {
  name: string;
  text: LoadedText;
  search: Search;
  wraps: boolean;
  /** First visible row, updated on scrolling. */
  topRow: React.MutableRefObject<number>;
  onLoadMore: () => void;
}): React.JSX.Element {
  const { name, text, search, wraps, topRow, onLoadMore } = props;
  const { matches, current, scrollRequests } = search;
  const scroller = React.useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: countRows(text),
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 10,
  });
  const matchesByRow = React.useMemo(() => groupByRow(matches), [matches]);
  const currentMatch = matches[current];
  const longest = React.useMemo(() => Math.min(MAX_WIDTH, maxLineLength(text)), [text]);

  // The measured heights depend on this setting.
  React.useEffect(() => virtualizer.measure(), [virtualizer, wraps]);
  const target = currentMatch?.row;
  React.useEffect(() => {
    if (target === undefined || scrollRequests === 0) return undefined;
    virtualizer.scrollToIndex(target, { align: 'center' });
    // The row exists after the next render.
    const frame = requestAnimationFrame(() => {
      const mark = scroller.current?.querySelector('.viewer-current');
      mark?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    return () => cancelAnimationFrame(frame);
  }, [virtualizer, target, scrollRequests]);

  const rows = virtualizer.getVirtualItems();
  const { scrollOffset } = virtualizer;
  React.useEffect(() => {
    topRow.current = rows.find(({ end }) => end > (scrollOffset ?? 0))?.index ?? 0;
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
                      line={row.text}
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
                        // The button moves down, behind the new lines.
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
