import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import { captionOf } from '../form/form';
import { textOf, titleOf, typeOf, workItemType, type WorkItem } from '../work-item';
import type { Point } from './popup-menu';
import { afterClick, afterMenuClick, afterStep, allSelected, stepTarget, type Selection } from './selection';
import { asksForMenu, placeUnder } from './work-item-menu';

/** Height of a row and of the head, as the style sheet has it. */
const rowPx = 34;

interface WorkItemGridProps {
  /** Accessible name. */
  label: string;
  ids: readonly number[];
  /** Loaded work items; other rows are empty. */
  items: ReadonlyMap<number, WorkItem>;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onOpen: (id: number) => void;
  /** The menu of the selection was asked for, by way of `item`. */
  onMenu: (item: WorkItem, at: Point, selection: Selection) => void;
  /** Range of visible rows. */
  onSight: (first: number, last: number) => void;
}

/** Work items in rows; only visible rows exist. One tab stop; the arrow keys move inside. */
export function WorkItemGrid({
  label,
  ids,
  items,
  selection,
  onSelect,
  onOpen,
  onMenu,
  onSight,
}: WorkItemGridProps) {
  const grid = React.useRef<HTMLDivElement>(null);
  const focusedIndex = selection.focused === undefined ? -1 : ids.indexOf(selection.focused);
  const rows = useVirtualizer({
    count: ids.length,
    getScrollElement: () => grid.current,
    estimateSize: () => rowPx,
    overscan: 8,
    scrollPaddingEnd: rowPx,
    // The focused row must exist even when it is not visible.
    rangeExtractor: (range) => [
      ...new Set([...defaultRangeExtractor(range), ...(focusedIndex < 0 ? [] : [focusedIndex])]),
    ],
  });
  const { startIndex = 0, endIndex = 0 } = rows.range ?? {};
  React.useEffect(() => onSight(startIndex, endIndex), [onSight, startIndex, endIndex, ids]);

  const openMenuOn = (id: number | undefined, at: Point): void => {
    const item = id === undefined ? undefined : items.get(id);
    if (!item) return;
    const changed = afterMenuClick(selection, item.id);
    onSelect(changed);
    onMenu(item, at, changed);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const { key } = event;
    const { focused } = selection;
    const held = heldKeys(event);
    const target = stepTarget(selection, ids, key, Math.max(1, endIndex - startIndex - 1));
    if (target !== undefined) {
      onSelect(afterStep(selection, ids, target, held));
      rows.scrollToIndex(ids.indexOf(target));
    } else if (held.ctrl && key.toLowerCase() === 'a') onSelect(allSelected(selection, ids));
    else if (key === ' ' && focused !== undefined) onSelect(afterClick(selection, ids, focused, held));
    else if (key === 'Enter' && focused !== undefined) onOpen(focused);
    else if (asksForMenu(event))
      openMenuOn(focused, placeUnder(grid.current!.querySelector('[data-focused]') ?? grid.current!));
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={grid}
      className="grid"
      role="grid"
      aria-label={label}
      aria-multiselectable="true"
      aria-rowcount={ids.length + 1}
      aria-activedescendant={focusedIndex < 0 ? undefined : rowId(selection.focused!)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        event.preventDefault();
        openMenuOn(idOfRow(event.target), { x: event.clientX, y: event.clientY });
      }}
      onDoubleClick={({ target }) => {
        const id = idOfRow(target);
        if (id !== undefined) onOpen(id);
      }}
      onClick={(event) => {
        const id = idOfRow(event.target);
        if (id !== undefined) onSelect(afterClick(selection, ids, id, heldKeys(event)));
      }}
    >
      <div role="rowgroup" className="grid-head">
        <div role="row" aria-rowindex={1} className="grid-row">
          <span role="columnheader">
            <span className="visually-hidden">Actions</span>
          </span>
          <span role="columnheader">ID</span>
          <span role="columnheader">Work item type</span>
          <span role="columnheader">Title</span>
          <span role="columnheader">State</span>
          <span role="columnheader" className="grid-person">
            Assigned to
          </span>
        </div>
      </div>
      <div role="rowgroup" className="grid-body" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const id = ids[index];
          return (
            id !== undefined && (
              <Row
                key={id}
                id={id}
                index={index}
                start={start}
                item={items.get(id)}
                isSelected={selection.selected.has(id)}
                isFocused={id === selection.focused}
                onMenu={openMenuOn}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  id: number;
  index: number;
  /** Distance from the first row, in CSS pixels. */
  start: number;
  item: WorkItem | undefined;
  isSelected: boolean;
  isFocused: boolean;
  onMenu: (id: number, at: Point) => void;
}

function Row({ id, index, start, item, isSelected, isFocused, onMenu }: RowProps) {
  const type = item ? typeOf(item) : '';
  return (
    <div
      id={rowId(id)}
      role="row"
      className="grid-row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-busy={!item}
      data-id={id}
      data-focused={isFocused || undefined}
      style={
        {
          transform: `translateY(${start}px)`,
          '--type-color': workItemType(type).color,
        } as React.CSSProperties
      }
    >
      <span role="gridcell" className="grid-menu">
        {item && (
          <button
            type="button"
            className="more"
            tabIndex={-1}
            aria-haspopup="menu"
            aria-label={`More actions for ${captionOf(item)}`}
            onClick={(event) => {
              event.stopPropagation();
              onMenu(id, placeUnder(event.currentTarget));
            }}
          >
            …
          </button>
        )}
      </span>
      <span role="gridcell" className="grid-id">
        {id > 0 && id}
      </span>
      <span role="gridcell" className="grid-type">
        {type}
      </span>
      <span role="gridcell" title={item && titleOf(item)}>
        {item ? titleOf(item) : '…'}
      </span>
      <span role="gridcell">{item && textOf(item.fields['System.State'])}</span>
      <span role="gridcell" className="grid-person">
        {item && textOf(item.fields['System.AssignedTo'])}
      </span>
    </div>
  );
}

function rowId(id: number): string {
  return `result-${id}`;
}

function idOfRow(target: EventTarget): number | undefined {
  const id = (target as Element).closest<HTMLElement>('[data-id]')?.dataset['id'];
  return id === undefined ? undefined : Number(id);
}

function heldKeys({ ctrlKey, metaKey, shiftKey }: React.MouseEvent | React.KeyboardEvent) {
  return { ctrl: ctrlKey || metaKey, shift: shiftKey };
}
