import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';

/** A list of any length of which only the rows in sight exist. Rows may differ in height. */
export function VirtualList<Row>(props: {
  /** Accessible name of the list. */
  label: string;
  /** The same array as long as nothing of it has changed: of a long one, every key is asked for anew otherwise. */
  rows: readonly Row[];
  /** The same row has the same key wherever it stands. Always the same function. */
  keyOf: (row: Row) => string | number;
  /** Height of a row before it was measured, in CSS pixels. */
  estimatePx: number;
  renderRow: (row: Row) => React.ReactNode;
  /** Whether its rows have nothing that can be focused, so that the list itself must be, for the keyboard to scroll it. */
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
