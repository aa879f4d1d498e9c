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
 * row or line, to the row that takes the place of one that is gone, or to `fallback`. A button that could not be pressed
 * for a while gets it back.
 *
 * @returns The ref of the element inside which the focus is kept.
 */
export function useKeptFocus(fallback: () => HTMLElement | null): React.RefObject<HTMLDivElement> {
  const container = React.useRef<HTMLDivElement>(null);
  const last = React.useRef<Place>();
  const goOn = React.useRef<() => void>(() => undefined);
  goOn.current = () => {
    if (!last.current || document.activeElement !== document.body) return;
    const { element, around, row } = last.current;
    if (element.isConnected) {
      if (!element.matches(':disabled')) element.focus();
      return;
    }
    last.current = undefined;
    const near = around?.isConnected ? around.querySelector<HTMLElement>('button:enabled') : null;
    if (near) {
      near.focus();
      return;
    }
    const neighbour = [row, row - 1]
      .map((index) => container.current?.querySelector<HTMLElement>(`[data-index="${index}"] button`))
      .find((button) => button);
    (neighbour ?? fallback())?.focus({ preventScroll: true });
  };

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
        const place = last.current;
        if (place?.element !== target || !place.element.isConnected) return;
        if (!place.element.matches(':disabled')) last.current = undefined;
      });
    };
    inside.addEventListener('focusin', note);
    inside.addEventListener('focusout', forget);
    // Parts of it are drawn anew by themselves.
    const observer = new MutationObserver(() => goOn.current());
    observer.observe(inside, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    return () => {
      inside.removeEventListener('focusin', note);
      inside.removeEventListener('focusout', forget);
      observer.disconnect();
    };
  }, []);

  React.useLayoutEffect(() => goOn.current());

  return container;
}

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
