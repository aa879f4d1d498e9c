import type * as React from 'react';
import { readingStep } from '../../ui/reading-step';
import type { GallerySession } from '../gallery-session';
import { selectedFiles } from '../gallery-state';
import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import type { SelectMode } from '../model/selection';

/** Mouse and touch handlers of a list of files. */
export interface FileClicks {
  readonly onPointerDown: (event: React.PointerEvent) => void;
  readonly onClick: (file: AttachedFile, event: React.MouseEvent) => void;
  /** Handles a click on the name, the link to the preview. */
  readonly onOpen: (file: AttachedFile, event: React.MouseEvent) => void;
  /** Handles a click on the check box, by any pointer. */
  readonly onCheck: (file: AttachedFile, event: React.MouseEvent) => void;
  readonly onDoubleClick: () => void;
}

/**
 * With a mouse, selects on a click and previews on a double click. The first click can move the list by showing a line
 * of buttons, so a double click always means the file of the first click.
 *
 * A tap previews the file, or toggles its selection while files are selected.
 */
export function createFileClicks(
  session: Pick<GallerySession, 'select' | 'preview' | 'getSnapshot'>,
): FileClicks {
  let clicked: AttachedFile | undefined;
  // Clicks have no pointer type in Safari.
  let isTouch = false;
  const isTap = (event: React.MouseEvent): boolean => isTouch && event.detail > 0;
  const isSecond = (event: React.MouseEvent): boolean => event.detail > 1 && modeOfClick(event) === 'only';
  return {
    onPointerDown({ pointerType }) {
      isTouch = pointerType === 'touch';
    },
    onClick(file, event) {
      if (isTap(event)) {
        if (selectedFiles(session.getSnapshot()).length > 0) session.select(file, 'toggle');
        else session.preview(file);
        return;
      }
      if (isSecond(event)) return;
      clicked = file;
      session.select(file, modeOfClick(event));
    },
    onOpen(file, event) {
      // A tap on the name is a tap on the file.
      if (isTap(event)) return;
      if (modeOfClick(event) === 'only' && !isSecond(event)) session.preview(file);
    },
    onCheck(file, event) {
      event.stopPropagation();
      session.select(file, event.shiftKey ? 'range' : 'toggle');
    },
    onDoubleClick() {
      if (clicked && !isTouch) session.preview(clicked);
    },
  };
}

/** Returns the effect of a click: Ctrl toggles, Shift extends. */
export function modeOfClick({ shiftKey, ctrlKey, metaKey }: React.MouseEvent): SelectMode {
  const adds = ctrlKey || metaKey;
  if (shiftKey) return adds ? 'add-range' : 'range';
  return adds ? 'toggle' : 'only';
}

/** Returns the effect of an arrow key: Shift extends, Ctrl moves the focus alone. */
export function modeOfArrow({ shiftKey, ctrlKey, metaKey }: React.KeyboardEvent): SelectMode {
  if (shiftKey) return 'range';
  return ctrlKey || metaKey ? 'move' : 'only';
}

/**
 * Handles a key in a list of files, with the shortcuts of desktop file managers.
 *
 * @param columns Files per row; 1 for a table.
 * @param canRemove Whether `Delete` removes files.
 */
export function onListKey(
  event: React.KeyboardEvent,
  session: GallerySession,
  { columns, canRemove }: { readonly columns: number; readonly canRemove: boolean },
): void {
  const state = session.getSnapshot();
  const { shown, selection } = state;
  const selected = selectedFiles(state);
  // The focused file can differ from the current one: Tab moves the focus alone.
  const focused = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-key]') : null;
  const currentKey = focused?.dataset['key'] ?? selection.current;
  const at = shown.findIndex((file) => keyOfFile(file) === currentKey);
  const current = shown[at];
  if (handle()) event.preventDefault();

  function goTo(index: number): boolean {
    const file = shown[Math.min(Math.max(index, 0), shown.length - 1)];
    if (file) session.select(file, modeOfArrow(event));
    return true;
  }

  function handle(): boolean {
    switch (event.key) {
      case 'ArrowDown':
        return goTo(at + columns);
      case 'ArrowUp':
        return goTo(at < 0 ? 0 : at - columns);
      case 'ArrowRight':
      case 'ArrowLeft':
        return columns > 1 && goTo(at < 0 ? 0 : at + readingStep(event.key));
      case 'Home':
        return goTo(0);
      case 'End':
        return goTo(shown.length - 1);
      case ' ':
        if (!current) return true;
        if (event.shiftKey) session.select(current, 'range');
        else if (event.ctrlKey || event.metaKey) session.select(current, 'toggle');
        // Space closes the preview as well: holding the key must not flicker.
        else if (!event.repeat) session.preview(current);
        return true;
      case 'a':
        if (!event.ctrlKey && !event.metaKey) return false;
        session.selectAll();
        return true;
      case 'Escape':
        session.selectNone();
        return true;
      case 'Enter':
        if (current) session.preview(current);
        return true;
      case 'Delete':
        if (!canRemove) return false;
        void session.remove(selected.length > 0 || !current ? selected : [current]);
        return true;
      default:
        return false;
    }
  }
}
