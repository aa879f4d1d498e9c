import * as React from 'react';

/**
 * Gives a viewer the keys that are pressed anywhere on the page while it is shown: the page behind it is covered, and
 * nobody should have to click into a picture first. For arrows and keys with Ctrl, not for letters and digits, which
 * belong to what has the focus (WCAG 2.1.4).
 *
 * @param onKey Says whether it took the key. What it took reaches nobody else.
 */
export function useKeys(onKey: (event: KeyboardEvent) => boolean): void {
  const latest = React.useRef(onKey);
  // Before the next key, which must not meet what was true before this one.
  React.useLayoutEffect(() => {
    latest.current = onKey;
  });
  React.useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (!latest.current(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before React, which listens on the document too, has asked the components around the viewer.
    document.addEventListener('keydown', listen, { capture: true });
    return () => document.removeEventListener('keydown', listen, { capture: true });
  }, []);
}

/** Whether the key goes into a field, where a letter is a letter and an arrow moves the caret. */
export function isForField({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('input, textarea, select, video, audio') !== null;
}
