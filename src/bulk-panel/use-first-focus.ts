import * as React from 'react';

/**
 * Gives the focus to the element that the page marks with `data-takes-focus` where what had it went away: the panel
 * shows one thing after another, and whoever uses the keyboard goes on at the beginning of the next.
 *
 * @param view Another value says that something else is shown.
 */
export function useFirstFocus(view: string): void {
  const before = React.useRef(view);
  React.useEffect(() => {
    if (before.current === view) return;
    before.current = view;
    if (document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>('[data-takes-focus]')?.focus({ preventScroll: true });
  }, [view]);
}
