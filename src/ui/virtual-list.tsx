import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';

/** List of any length with only the visible rows in the DOM. Rows may differ in height. */
export function VirtualList<Row>(props: {
  /** Accessible name of the list. */
  label: string;
  /** Must be the same array while nothing has changed, or the keys of all rows are computed again. */
  rows: readonly Row[];
  /** Must return the same key for the same row, and be the same function on each render. */
  keyOf: (row: Row) => string | number;
  /** Height of a row before it is measured, in CSS pixels. */
  estimatePx: number;
  renderRow: (row: Row) => React.ReactNode;
  /** Whether the list takes the focus for scrolling by keyboard. Needed if its rows have no focusable content. */
  isFocusable?: boolean;
}): React.JSX.Element {
  const { label, rows, keyOf, estimatePx, renderRow, isFocusable = false } = props;
  const keys = React.useMemo(() => rows.map(keyOf), [rows, keyOf]);
  const getItemKey = React.useCallback((index: number) => keys[index] ?? index, [keys]);
  const scroller = React.useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatePx,
    getItemKey,
    overscan: 6,
  });
  return (
    <div className="upload-list" ref={scroller} tabIndex={isFocusable ? 0 : -1}>
      <div
        role="list"
        aria-label={label}
        className="upload-list-rows"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return (
            row !== undefined && (
              <div
                key={String(key)}
                ref={virtualizer.measureElement}
                data-index={index}
                role="listitem"
                aria-setsize={rows.length}
                aria-posinset={index + 1}
                className="upload-list-row"
                style={{ transform: `translateY(${start}px)` }}
              >
                {renderRow(row)}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
