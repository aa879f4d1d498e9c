import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { groupMatches } from '../matches';
import type { MatchSearch } from '../use-match-search';
import type { CellLayout, Merge, PlacedCell } from './cell-layout';
import { cellsOfRow, classOfAlignment } from './cell-layout';
import type { Table } from './read-table';
import { columnWidths } from './column-widths';
import type { CellMatch } from './use-table-search';

/** Height of an unwrapped row, in CSS pixels, as in the style sheet. */
const ROW_PX = 26;

/** Maximum length of a cell, in UTF-16 units. An ellipsis is in place of the rest. */
const MAX_CELL_LENGTH = 5_000;

const NO_LAYOUT: CellLayout = { alignments: [], merges: [] };

/** Virtual list of the rows under a sticky header. */
export function TableRows(props: {
  name: string;
  table: Table;
  /** By default, all cells are at the start, and none are merged. */
  layout?: CellLayout;
  wraps: boolean;
  search: MatchSearch<CellMatch>;
}): React.JSX.Element {
  const { name, table, layout = NO_LAYOUT, wraps, search } = props;
  const { matches, current } = search;
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
  useMatchScrolling(search, scroller, (row) => virtualizer.scrollToIndex(row, { align: 'center' }));
  const found = React.useMemo(() => groupMatches(matches, ({ row }) => row), [matches]);
  const markOf = (row: number, column: number): string => {
    if (row === current?.row && column === current.column) return 'viewer-cell-current';
    return found.get(row)?.some((match) => match.column === column) ? 'viewer-cell-found' : '';
  };
  const widths = React.useMemo(() => columnWidths(table, layout.merges), [table, layout]);
  const digits = String(table.rows.length).length;
  const columns = [`calc(${digits}ch + 20px)`, ...widths.map((width) => `calc(${width}ch + 17px)`)].join(' ');
  const items = virtualizer.getVirtualItems();
  const merges = mergesWithin(layout.merges, items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
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
          {widths.map((_, column) => (
            <CellView key={column} role="columnheader" text={table.header[column]} wraps={wraps} />
          ))}
        </div>
        <div role="rowgroup" className="viewer-rows" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start }) => (
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
              {cellsOfRow(index, widths.length, merges).map((place) => (
                <CellView
                  key={place.column}
                  role="cell"
                  text={table.rows[index]?.[place.column]}
                  wraps={wraps}
                  mark={markOf(index, place.column)}
                  place={merges.length > 0 ? place : undefined}
                  alignment={classOfAlignment(layout.alignments[index]?.[place.column])}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function mergesWithin(merges: readonly Merge[], first: number, last: number): readonly Merge[] {
  return merges.filter(({ row, rows }) => row <= last && row + rows > first);
}

function CellView(props: {
  role: 'cell' | 'columnheader';
  text: string | undefined;
  wraps: boolean;
  /** Class of a found cell. */
  mark?: string;
  /** Given if cells are merged. */
  place?: PlacedCell | undefined;
  alignment?: string;
}): React.JSX.Element {
  const { role, text: cell = '', wraps, mark = '', place, alignment = '' } = props;
  const shown = cell.length > MAX_CELL_LENGTH ? `${cell.slice(0, MAX_CELL_LENGTH)}…` : cell;
  const text = wraps ? makeVisible(shown, 'prose') : makeVisible(shown.replace(/\n/g, ' ↵ '));
  if (!place)
    return (
      <div role={role} className={`viewer-cell ${alignment} ${mark}`} title={text}>
        {text}
      </div>
    );
  const { column, columns, rows, isContinued } = place;
  const classes = `viewer-cell ${alignment} ${mark} ${rows > 1 ? 'viewer-cell-continues' : ''}`;
  const style = { gridColumn: `span ${columns}` };
  // The first row says how many rows the cell has.
  if (isContinued) return <div className={classes} style={style} aria-hidden="true" />;
  return (
    <div
      role={role}
      className={classes}
      title={text}
      style={style}
      aria-colindex={column + 2}
      aria-colspan={columns > 1 ? columns : undefined}
      aria-rowspan={rows > 1 ? rows : undefined}
    >
      {text}
    </div>
  );
}

/** Scrolls to the current match on request: first to its row, then to its cell. */
function useMatchScrolling(
  { current, scrollRequests }: MatchSearch<CellMatch>,
  scroller: React.RefObject<HTMLElement>,
  showRow: (row: number) => void,
): void {
  const handled = React.useRef(0);
  const isWaiting = React.useRef(false);
  React.useLayoutEffect(() => {
    if (handled.current !== scrollRequests) {
      handled.current = scrollRequests;
      isWaiting.current = current !== undefined;
      if (current) showRow(current.row);
    }
    const cell = isWaiting.current && scroller.current?.querySelector('.viewer-cell-current');
    if (!cell) return;
    isWaiting.current = false;
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
}
