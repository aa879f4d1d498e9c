import type * as React from 'react';

/** What the zoom keys of a viewer do. */
export interface ZoomActions {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  /** All that there is room for. */
  readonly fit: () => void;
  readonly actualSize: () => void;
}

/**
 * `+` and `-`, `0` for what there is room for, `1` for the actual size; all others are left to the page.
 *
 * @param event Of an element that has the focus or holds it. A letter or digit pressed elsewhere may be a slip, or a
 *   word of somebody who speaks to the computer (WCAG 2.1.4).
 */
export function zoomByKey(event: React.KeyboardEvent, actions: ZoomActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
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
