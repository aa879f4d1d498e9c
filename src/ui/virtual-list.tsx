import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';

/** A list of any length of which only the rows in sight exist. Rows may differ in height. */
export function VirtualList(props: {
  /** Accessible name of the list. */
  label: string;
  count: number;
  /** The same row has the same key wherever it stands. */
  keyOf: (index: number) => string | number;
  /** Height of a row before it was measured, in CSS pixels. */
  estimatePx: number;
  renderRow: (index: number) => React.ReactNode;
}): React.JSX.Element {
  const { label, count, keyOf, estimatePx, renderRow } = props;
  const scroller = React.useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatePx,
    getItemKey: keyOf,
    overscan: 6,
  });
  return (
    <div className="upload-list" ref={scroller} tabIndex={-1}>
      <div
        role="list"
        aria-label={label}
        className="upload-list-rows"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => (
          <div
            key={String(key)}
            ref={virtualizer.measureElement}
            data-index={index}
            role="listitem"
            aria-setsize={count}
            aria-posinset={index + 1}
            className="upload-list-row"
            style={{ transform: `translateY(${start}px)` }}
          >
            {renderRow(index)}
          </div>
        ))}
      </div>
    </div>
  );
}
