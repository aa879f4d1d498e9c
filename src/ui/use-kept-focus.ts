import * as React from 'react';

/**
 * Keeps the focus where the person was when the element that had it goes away, as a row does that is done: it moves
 * to the row that takes its place, or to `fallback`.
 *
 * @returns The ref of the element inside which the focus is kept.
 */
export function useKeptFocus(fallback: React.RefObject<HTMLElement>): React.RefObject<HTMLDivElement> {
  const container = React.useRef<HTMLDivElement>(null);
  const last = React.useRef<{ element: HTMLElement; row: number }>();

  React.useEffect(() => {
    const inside = container.current;
    if (!inside) return;
    const note = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return;
      const row = target.closest<HTMLElement>('[data-index]')?.dataset['index'];
      last.current = { element: target, row: Number(row ?? -1) };
    };
    const forget = ({ target }: FocusEvent): void => {
      // An element that is about to be removed loses the focus too; that is the case that is not to be forgotten.
      queueMicrotask(() => {
        if (last.current?.element === target && last.current.element.isConnected) last.current = undefined;
      });
    };
    inside.addEventListener('focusin', note);
    inside.addEventListener('focusout', forget);
    return () => {
      inside.removeEventListener('focusin', note);
      inside.removeEventListener('focusout', forget);
    };
  }, []);

  React.useLayoutEffect(() => {
    if (!last.current || last.current.element.isConnected || document.activeElement !== document.body) return;
    const { row } = last.current;
    last.current = undefined;
    const neighbour = [row, row - 1]
      .map((index) => container.current?.querySelector<HTMLElement>(`[data-index="${index}"] button`))
      .find((button) => button);
    (neighbour ?? fallback.current)?.focus({ preventScroll: true });
  });

  return container;
}
