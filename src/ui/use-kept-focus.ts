import * as React from 'react';

/** The parts of the page that keep the focus among themselves. */
const PLACES = '[data-index], [data-keeps-focus]';

/** The button that had the focus, and where it stood. */
interface Place {
  readonly element: HTMLElement;
  /** The row, or the line of buttons. */
  readonly around: HTMLElement | null;
  readonly row: number;
}

/**
 * Keeps the focus where the person was when the element that had it goes away: it moves to another button of the same
 * row or line, to the row that takes the place of one that is gone, or to `fallback`.
 *
 * @returns The ref of the element inside which the focus is kept.
 */
export function useKeptFocus(fallback: React.RefObject<HTMLElement>): React.RefObject<HTMLDivElement> {
  const container = React.useRef<HTMLDivElement>(null);
  const last = React.useRef<Place>();

  React.useEffect(() => {
    const inside = container.current;
    if (!inside) return;
    const note = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return;
      const around = target.closest<HTMLElement>(PLACES);
      last.current = { element: target, around, row: Number(around?.dataset['index'] ?? -1) };
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
    const { around, row } = last.current;
    last.current = undefined;
    const near = around?.isConnected ? around.querySelector<HTMLElement>('button') : null;
    if (near) {
      near.focus();
      return;
    }
    const neighbour = [row, row - 1]
      .map((index) => container.current?.querySelector<HTMLElement>(`[data-index="${index}"] button`))
      .find((button) => button);
    (neighbour ?? fallback.current)?.focus({ preventScroll: true });
  });

  return container;
}
