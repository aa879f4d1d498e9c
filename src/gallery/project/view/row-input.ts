import type * as React from 'react';
import { modeOfArrow, modeOfClick } from '../../list/list-input';
import type { HubSession } from '../session/hub-session';

/** Commands of the rows. */
type RowCommands = Pick<
  HubSession,
  'getSnapshot' | 'select' | 'selectAll' | 'selectNone' | 'preview' | 'openAction' | 'files' | 'actions'
>;

/** Mouse and touch handlers of the rows. */
export interface RowClicks {
  readonly onPointerDown: (event: React.PointerEvent) => void;
  readonly onClick: (row: number, event: React.MouseEvent) => void;
  /** Handles a click on the check box, by any pointer. */
  readonly onCheck: (row: number, event: React.MouseEvent) => void;
  /** Handles a click on the name. With Ctrl or Shift, it selects. */
  readonly onOpen: (row: number, event: React.MouseEvent) => void;
  readonly onDoubleClick: (row: number) => void;
}

/** Creates the handlers. A click selects the row alone; a tap adds or removes it, as there is no Ctrl. */
export function createRowClicks(session: RowCommands): RowClicks {
  // Clicks have no pointer type in Safari.
  let isTouch = false;
  return {
    onPointerDown({ pointerType }) {
      isTouch = pointerType === 'touch';
    },
    onClick(row, event) {
      session.select(row, isTouch ? 'toggle' : modeOfClick(event));
    },
    onOpen(row, event) {
      if (modeOfClick(event) !== 'only' || isTouch) return;
      session.select(row, 'only');
      session.preview(row);
      event.stopPropagation();
    },
    onDoubleClick: session.preview,
    onCheck(row, event) {
      event.stopPropagation();
      session.select(row, event.shiftKey ? 'range' : 'toggle');
    },
  };
}

/**
 * Handles a key in the rows, with the shortcuts of the Files tab.
 *
 * @param pageRows Rows on one screen, for PageUp and PageDown.
 */
export function onRowKey(event: React.KeyboardEvent, session: RowCommands, pageRows: number): void {
  const { result, selection } = session.getSnapshot();
  const count = result?.count ?? 0;
  const focused = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
  const at = focused ? Number(focused.dataset['row']) : (selection.current ?? -1);
  const goTo = (row: number): boolean => {
    if (count > 0) session.select(Math.min(Math.max(row, 0), count - 1), modeOfArrow(event));
    return true;
  };

  function handle(): boolean {
    switch (event.key) {
      case 'ArrowDown':
        return goTo(at + 1);
      case 'ArrowUp':
        return goTo(at - 1);
      case 'PageDown':
        return goTo(at + pageRows);
      case 'PageUp':
        return goTo(at - pageRows);
      case 'Home':
        return goTo(0);
      case 'End':
        return goTo(count - 1);
      case ' ':
        if (at < 0) return true;
        if (event.shiftKey) session.select(at, 'range');
        else if (event.ctrlKey || event.metaKey || !session.files) session.select(at, 'toggle');
        // Space closes the preview as well: holding the key must not flicker.
        else if (!event.repeat) session.preview(at);
        return true;
      case 'Enter':
        if (at >= 0) session.preview(at);
        return true;
      case 'F2':
        if (at < 0 || !session.actions) return false;
        session.select(at, 'only');
        session.openAction('rename');
        return true;
      case 'a':
        if (!event.ctrlKey && !event.metaKey) return false;
        session.selectAll();
        return true;
      case 'Escape':
        session.selectNone();
        return true;
      default:
        return false;
    }
  }

  if (handle()) event.preventDefault();
}
