import * as React from 'react';

/** Props of a list of any length. */
export interface LongListProps<Row> {
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
  /** Whether rows fold and unfold. They are measured in the next frame then. */
  hasFoldingRows?: boolean;
}

/** One row of a list that may not be in the DOM as a whole. */
export function ListRow(props: {
  /** From 0. */
  index: number;
  /** Rows of the whole list. */
  count: number;
  /** Position in a virtual list, in CSS pixels. */
  startPx?: number;
  measure?: (element: HTMLElement | null) => void;
  children: React.ReactNode;
}): React.JSX.Element {
  const { index, count, startPx, measure, children } = props;
  return (
    <div
      ref={measure}
      data-index={index}
      role="listitem"
      aria-setsize={count}
      aria-posinset={index + 1}
      className="upload-list-row"
      style={startPx === undefined ? undefined : { transform: `translateY(${startPx}px)` }}
    >
      {children}
    </div>
  );
}
