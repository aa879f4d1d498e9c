import * as React from 'react';

/** Moves the focus to the element of the current file whenever that changes, as long as it is among them. */
export function useCurrentFocus(container: React.RefObject<HTMLElement>, current: string | undefined): void {
  const before = React.useRef(current);
  React.useLayoutEffect(() => {
    if (before.current === current) return;
    before.current = current;
    const inside = container.current;
    const { activeElement } = document;
    // Whoever searches goes on typing; one whose file is gone has lost the focus with it.
    const isAmong = activeElement === document.body || inside?.contains(activeElement) === true;
    if (!inside || current === undefined || !isAmong) return;
    inside.querySelector<HTMLElement>(`[data-key="${CSS.escape(current)}"]`)?.focus();
  });
}
