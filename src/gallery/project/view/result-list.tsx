import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useOneTabStop } from '../../../ui/bar';
import { useMinute } from '../../list/moment';
import type { ProjectSortKey } from '../project-index';
import type { HubSession } from '../session/hub-session';
import type { HubState, ShownResult } from '../session/hub-state';
import { rowOf } from '../session/row-pages';
import { isRowSelected } from '../session/row-selection';
import { nameProjectSortKey } from './hub-sentences';
import { ResultRow } from './result-row';
import { createRowClicks, onRowKey } from './row-input';

/** Height of a row before it is measured, in CSS pixels. */
const ROW_PX = 41;

/** Height of a row on a narrow page, in CSS pixels. */
const NARROW_ROW_PX = 61;

/** Width up to which a page is narrow, as in the style sheet, in CSS pixels. */
const MAX_NARROW_PX = 520;

/** Maximum height of the list, in CSS pixels: Firefox shows nothing beyond 17.8 million. */
const MAX_LIST_PX = 17_000_000;

const COLUMNS: readonly ProjectSortKey[] = ['name', 'item', 'size', 'addedAt', 'addedBy', 'area'];

/** Rows of a result, of any number. Only the visible ones are in the document and in memory. */
export function ResultList(props: {
  state: HubState;
  result: ShownResult;
  session: HubSession;
}): React.JSX.Element {
  const { state, result, session } = props;
  const { selection, isSearching } = state;
  const rowPx = useRowPx();
  const count = Math.min(result.count, Math.floor(MAX_LIST_PX / rowPx));
  const scroller = React.useRef<HTMLDivElement>(null);
  const header = useOneTabStop<HTMLDivElement>();
  const headerPx = useHeight(header);
  const clicks = React.useMemo(() => createRowClicks(session), [session]);
  const minute = Math.floor(useMinute() / 60_000) * 60_000;
  const { current = 0 } = selection;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 8,
    scrollMargin: headerPx,
    scrollPaddingStart: headerPx,
    // The row with the focus stays in the document, or the focus would be lost.
    rangeExtractor: (range) => {
      const rows = defaultRangeExtractor(range);
      return current >= count || rows.includes(current) ? rows : [...rows, current].sort((a, b) => a - b);
    },
  });
  React.useEffect(() => virtualizer.measure(), [virtualizer, rowPx]);
  const items = virtualizer.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  useShownRows(session, result.id, startIndex, endIndex + 1);
  useTopOfNewResult(scroller, result);
  useRowFocus(scroller, selection.current, (row) => virtualizer.scrollToIndex(row, { align: 'auto' }));
  return (
    <div
      ref={scroller}
      className={selection.count > 0 ? 'hub-list gallery-selecting' : 'hub-list'}
      role="grid"
      aria-label={t('Attachments')}
      aria-multiselectable="true"
      aria-rowcount={result.count + 1}
      aria-busy={isSearching}
    >
      <div ref={header} role="row" aria-rowindex={1} className="hub-header hub-columns">
        {COLUMNS.map((key) => (
          <ColumnTitle key={key} column={key} state={state} session={session} />
        ))}
      </div>
      <div
        role="rowgroup"
        className="hub-rows"
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={(event) => onRowKey(event, session, Math.max(1, endIndex - startIndex - 1))}
      >
        {items.map(({ index, start }) => (
          <ResultRow
            key={index}
            row={index}
            file={rowOf(result.pages, index)}
            startPx={start - headerPx}
            isSelected={isRowSelected(selection, index)}
            isCurrent={index === current}
            now={minute}
            measure={virtualizer.measureElement}
            clicks={clicks}
            session={session}
          />
        ))}
      </div>
      {result.count > count && (
        <p className="hub-end quiet">
          {t('The list ends here. Add words or conditions to see the other files.')}
        </p>
      )}
    </div>
  );
}

function ColumnTitle(props: {
  column: ProjectSortKey;
  state: HubState;
  session: HubSession;
}): React.JSX.Element {
  const { column, state, session } = props;
  const { sortBy, isDescending } = state.search;
  const order = isDescending ? 'descending' : 'ascending';
  return (
    <div role="columnheader" className={`hub-${column}`} aria-sort={sortBy === column ? order : 'none'}>
      <button type="button" onClick={() => session.sortBy(column)}>
        {nameProjectSortKey(column)}
        <span aria-hidden="true">{sortBy === column && (isDescending ? ' ↓' : ' ↑')}</span>
      </button>
    </div>
  );
}

/** Returns the expected height of a row, in CSS pixels. */
function useRowPx(): number {
  const measure = (): number => (window.innerWidth <= MAX_NARROW_PX ? NARROW_ROW_PX : ROW_PX);
  const [rowPx, setRowPx] = React.useState(measure);
  React.useEffect(() => {
    const onResize = (): void => setRowPx(measure());
    window.addEventListener('resize', onResize);
    return () => window.removeEventListener('resize', onResize);
  }, []);
  return rowPx;
}

/** Height of an element, in CSS pixels. A narrow page hides the header. */
function useHeight(element: React.RefObject<HTMLElement>): number {
  const [height, setHeight] = React.useState(0);
  React.useLayoutEffect(() => {
    const measure = (): void => setHeight(element.current?.offsetHeight ?? 0);
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [element]);
  return height;
}

function useShownRows(session: HubSession, resultId: number, from: number, until: number): void {
  React.useEffect(() => session.showRows(from, until), [session, resultId, from, until]);
}

/** Scrolls to the first row of a new search. A refreshed result keeps its place. */
function useTopOfNewResult(scroller: React.RefObject<HTMLElement>, { search }: ShownResult): void {
  const { text, sortBy, isDescending } = search;
  React.useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [scroller, text, sortBy, isDescending]);
}

/** Moves the focus to the current row after a change, unless the focus is outside the list. */
function useRowFocus(
  scroller: React.RefObject<HTMLElement>,
  current: number | undefined,
  scrollTo: (row: number) => void,
): void {
  const before = React.useRef(current);
  const wanted = React.useRef<number>();
  React.useLayoutEffect(() => {
    const inside = scroller.current;
    if (!inside) return;
    if (before.current !== current) {
      before.current = current;
      const { activeElement } = document;
      if (current === undefined || (activeElement !== document.body && !inside.contains(activeElement)))
        return;
      wanted.current = current;
      scrollTo(current);
    }
    if (wanted.current === undefined) return;
    const row = inside.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (!row) return;
    wanted.current = undefined;
    // A button of the row keeps the focus.
    if (!row.contains(document.activeElement)) row.focus({ preventScroll: true });
  });
}
