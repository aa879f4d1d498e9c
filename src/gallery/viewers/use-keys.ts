import * as React from 'react';

/**
 * Handles keys pressed anywhere on the page while a viewer is shown, without a click into it first. For arrows and keys
 * with Ctrl only: single letters and digits belong to the focused element (WCAG 2.1.4).
 *
 * @param onKey Returns `true` for a handled key, to stop its propagation.
 */
export function useKeys(onKey: (event: KeyboardEvent) => boolean): void {
  const latest = React.useRef(onKey);
  // In a layout effect, to be up to date before the next key.
  React.useLayoutEffect(() => {
    latest.current = onKey;
  });
  React.useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (!latest.current(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Capturing runs before the components around the viewer: React listens on the document, too.
    document.addEventListener('keydown', listen, { capture: true });
    return () => document.removeEventListener('keydown', listen, { capture: true });
  }, []);
}

/** Whether a key goes to a field or player with its own use for letters and arrows. */
export function isForField({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('input, textarea, select, video, audio') !== null;
}
