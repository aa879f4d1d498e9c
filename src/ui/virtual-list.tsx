import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import type { LongListProps } from './list-row';
import { ListRow } from './list-row';

/**
 * List of any length with only the visible rows in the DOM. Rows may differ in height. It scrolls with the ancestor
 * marked with `data-scrolls`, or else by itself.
 */
export function VirtualList<Row>(props: LongListProps<Row>): React.JSX.Element {
  const { label, rows, keyOf, estimatePx, renderRow, isFocusable = false, hasFoldingRows = false } = props;
  const keys = React.useMemo(() => rows.map(keyOf), [rows, keyOf]);
  const getItemKey = React.useCallback((index: number) => keys[index] ?? index, [keys]);
  const list = React.useRef<HTMLDivElement>(null);
  const scrollMargin = useDistanceFromTop(list);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollerOf(list.current),
    estimateSize: () => estimatePx,
    getItemKey,
    overscan: 6,
    scrollMargin,
    // The content around the list changes with them, and is observed as well: browsers report a resize observer that
    // changes observed elements around its own as an error of the page.
    useAnimationFrameWithResizeObserver: hasFoldingRows,
  });
  return (
    <div className="upload-list" ref={list} tabIndex={isFocusable ? 0 : -1}>
      <div
        role="list"
        aria-label={label}
        className="upload-list-rows upload-list-virtual"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return (
            row !== undefined && (
              <ListRow
                key={String(key)}
                measure={virtualizer.measureElement}
                index={index}
                count={rows.length}
                startPx={start - scrollMargin}
              >
                {renderRow(row)}
              </ListRow>
            )
          );
        })}
      </div>
    </div>
  );
}

function scrollerOf(list: HTMLElement | null): HTMLElement | null {
  return list?.closest<HTMLElement>('[data-scrolls]') ?? list;
}

/** Returns the distance of a list from the top of the content that it scrolls with, in CSS pixels. */
function useDistanceFromTop(list: React.RefObject<HTMLElement>): number {
  const [distance, setDistance] = React.useState(0);
  const measure = React.useCallback(() => {
    const scroller = scrollerOf(list.current);
    if (!list.current || !scroller || scroller === list.current) return;
    const top = list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    setDistance(Math.round(top + scroller.scrollTop));
  }, [list]);
  React.useLayoutEffect(measure);
  React.useEffect(() => {
    const content = scrollerOf(list.current)?.firstElementChild;
    if (!content || !('ResizeObserver' in window)) return undefined;
    // Content above the list can change without a render of the list.
    const observer = new ResizeObserver(measure);
    observer.observe(content);
    return () => observer.disconnect();
  }, [list, measure]);
  return distance;
}
