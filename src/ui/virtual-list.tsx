import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import type { LongListProps } from './list-row';
import { ListRow } from './list-row';

/** List of any length with only the visible rows in the DOM. Rows may differ in height. */
export function VirtualList<Row>(props: LongListProps<Row>): React.JSX.Element {
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
                startPx={start}
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
