import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import type { Table } from './read-table';
import { columnWidths } from './column-widths';

/** Height of an unwrapped row, in CSS pixels, as in the style sheet. */
const ROW_PX = 26;

/** Maximum length of a cell, in UTF-16 units. An ellipsis is in place of the rest. */
const MAX_CELL_LENGTH = 5_000;

/** Virtual list of the rows under a sticky header. */
export function TableRows(props: { name: string; table: Table; wraps: boolean }): React.JSX.Element {
  const { name, table, wraps } = props;
  const scroller = React.useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: table.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    // Height of the sticky header.
    scrollMargin: ROW_PX,
    overscan: 10,
  });
  React.useEffect(() => virtualizer.measure(), [virtualizer, wraps]);
  const widths = React.useMemo(() => columnWidths(table), [table]);
  const digits = String(table.rows.length).length;
  const columns = [`calc(${digits}ch + 20px)`, ...widths.map((width) => `calc(${width}ch + 17px)`)].join(' ');
  const cellsOf = (cells: readonly string[], role: 'cell' | 'columnheader'): React.ReactNode =>
    widths.map((_, column) => {
      const cell = cells[column] ?? '';
      const shown = cell.length > MAX_CELL_LENGTH ? `${cell.slice(0, MAX_CELL_LENGTH)}…` : cell;
      const text = wraps ? makeVisible(shown, 'prose') : makeVisible(shown.replace(/\n/g, ' ↵ '));
      return (
        <div key={column} role={role} className="viewer-cell" title={text}>
          {text}
        </div>
      );
    });
  return (
    <div
      className="viewer-scroll"
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={t('Table of {name}', { name })}
    >
      <div
        role="table"
        aria-label={name}
        aria-rowcount={table.rows.length + 1}
        className={`viewer-table ${wraps ? 'viewer-wraps' : ''}`}
        style={{ '--columns': columns } as React.CSSProperties}
      >
        <div role="row" aria-rowindex={1} className="viewer-table-row viewer-table-header">
          <div role="columnheader" className="viewer-cell viewer-row-number">
            #
          </div>
          {cellsOf(table.header, 'columnheader')}
        </div>
        <div role="rowgroup" className="viewer-rows" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              ref={virtualizer.measureElement}
              data-index={index}
              role="row"
              aria-rowindex={index + 2}
              className="viewer-row viewer-table-row"
              style={{ transform: `translateY(${start - ROW_PX}px)` }}
            >
              <div role="rowheader" className="viewer-cell viewer-row-number">
                {index + 1}
              </div>
              {cellsOf(table.rows[index] ?? [], 'cell')}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
