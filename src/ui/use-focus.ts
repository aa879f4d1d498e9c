import * as React from 'react';

/** Rows and button groups with their own focus handling. */
const GROUPS = '[data-index], [data-keeps-focus]';

/** Last focused element and its position. */
interface FocusPosition {
  readonly element: HTMLElement;
  /** Its row or button group. */
  readonly group: HTMLElement | null;
  readonly row: number;
}

/**
 * Keeps the focus in place when the focused element is removed: it moves to another button of the same row or group,
 * to the row taking its place, or to `fallback`. A re-enabled button gets the focus back.
 *
 * @returns The ref of the container.
 */
export function useKeptFocus(fallback: () => HTMLElement | null): React.RefObject<HTMLDivElement> {
  const container = React.useRef<HTMLDivElement>(null);
  const last = React.useRef<FocusPosition>();
  const restoreFocus = React.useRef<() => void>(() => undefined);
  restoreFocus.current = () => {
    if (!last.current || document.activeElement !== document.body) return;
    const { element, group, row } = last.current;
    if (element.isConnected) {
      if (!element.matches(':disabled')) element.focus();
      return;
    }
    const sibling = group?.isConnected ? group.querySelector<HTMLElement>('button:enabled') : null;
    const neighbor = [row, row - 1]
      .map((index) => container.current?.querySelector<HTMLElement>(`[data-index="${index}"] button`))
      .find((button) => button);
    const next = sibling ?? neighbor ?? fallback();
    // Nothing yet: the next change may show a place for it.
    if (!next) return;
    last.current = undefined;
    next.focus({ preventScroll: next !== sibling });
  };

  React.useEffect(() => {
    const inside = container.current;
    if (!inside) return;
    const onFocusIn = ({ target }: Pick<FocusEvent, 'target'>): void => {
      if (!(target instanceof HTMLElement)) return;
      const group = target.closest<HTMLElement>(GROUPS);
      last.current = { element: target, group, row: Number(group?.dataset['index'] ?? -1) };
    };
    const onFocusOut = ({ target }: FocusEvent): void => {
      // An element about to be removed loses the focus as well; it must be remembered.
      queueMicrotask(() => {
        const place = last.current;
        if (place?.element !== target || !place.element.isConnected) return;
        if (!place.element.matches(':disabled')) last.current = undefined;
      });
    };
    // A dialog takes the focus while it appears.
    if (inside.contains(document.activeElement)) onFocusIn({ target: document.activeElement });
    inside.addEventListener('focusin', onFocusIn);
    inside.addEventListener('focusout', onFocusOut);
    // Parts with a store of their own render without the container.
    const observer = new MutationObserver(() => restoreFocus.current());
    observer.observe(inside, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    return () => {
      inside.removeEventListener('focusin', onFocusIn);
      inside.removeEventListener('focusout', onFocusOut);
      observer.disconnect();
    };
  }, []);

  React.useLayoutEffect(() => restoreFocus.current());

  return container;
}

/**
 * Moves the focus to the element marked with `data-takes-focus` when `view` changes and the focused element was
 * removed. The panel shows one view after another, and keyboard users continue at the start of the next.
 *
 * @param view Identifies the visible view.
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
