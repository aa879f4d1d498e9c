import type * as React from 'react';
import { isForField } from './hooks';

/** Actions of the zoom keys. */
export interface ZoomActions {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  /** Fits the content to the viewer. */
  readonly fit: () => void;
  readonly actualSize: () => void;
}

/**
 * Handles `+` and `-`, `0` to fit, `1` for the actual size; leaves all other keys, and those for a field, to the page.
 *
 * @param event Event of a viewer with the focus inside. Characters typed elsewhere may be a slip or speech input
 *   (WCAG 2.1.4).
 */
export function zoomByKey(event: React.KeyboardEvent, actions: ZoomActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isForField(event.nativeEvent)) return;
  const act = actionOf(event.key, actions);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function actionOf(key: string, actions: ZoomActions): (() => void) | undefined {
  switch (key) {
    case '+':
    case '=':
      return actions.zoomIn;
    case '-':
      return actions.zoomOut;
    case '0':
      return actions.fit;
    case '1':
      return actions.actualSize;
    default:
      return undefined;
  }
}
