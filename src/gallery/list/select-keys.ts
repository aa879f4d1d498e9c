import type * as React from 'react';
import { keyOfFile } from '../../attached/attached-file';
import type { SelectMode } from '../../attached/selection';
import type { GallerySession } from '../gallery-session';
import { selectedFiles } from '../gallery-state';
import { readingStep } from '../reading-step';

/** How a click goes together with what is selected. */
export function modeOfClick({ shiftKey, ctrlKey, metaKey }: React.MouseEvent): SelectMode {
  const adds = ctrlKey || metaKey;
  if (shiftKey) return adds ? 'add-range' : 'range';
  return adds ? 'toggle' : 'only';
}

/** How an arrow does. */
function modeOfArrow({ shiftKey, ctrlKey, metaKey }: React.KeyboardEvent): SelectMode {
  if (shiftKey) return 'range';
  return ctrlKey || metaKey ? 'move' : 'only';
}

/**
 * What the keyboard does in a list of files, as in the lists of the desktop.
 *
 * @param columns How many stand side by side; a list has one.
 * @param mayRemove Whether `Delete` does something.
 */
export function onListKey(
  event: React.KeyboardEvent,
  session: GallerySession,
  { columns, mayRemove }: { readonly columns: number; readonly mayRemove: boolean },
): void {
  const state = session.getSnapshot();
  const { shown, selection } = state;
  const selected = selectedFiles(state);
  // One that has the focus was not always gone to by a click or an arrow: Tab leads there as well.
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
        if (current) session.select(current, event.shiftKey ? 'range' : 'toggle');
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
        if (!mayRemove) return false;
        void session.remove(selected.length > 0 || !current ? selected : [current]);
        return true;
      default:
        return false;
    }
  }
}
