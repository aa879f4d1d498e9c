import * as React from 'react';
import { readingStep } from './reading-step';

/** A row of buttons with one Tab stop, following the toolbar pattern of the WAI-ARIA Authoring Practices. */
export function Bar(props: {
  label: string;
  className: string;
  children: React.ReactNode;
}): React.JSX.Element {
  const bar = useOneTabStop<HTMLDivElement>();
  return (
    <div ref={bar} className={props.className} role="toolbar" aria-label={props.label}>
      {props.children}
    </div>
  );
}

/**
 * Makes the buttons inside an element one Tab stop: the last focused one, or the first. Horizontal arrow keys, Home and
 * End move the focus between them.
 *
 * @returns The ref of the element, which must be rendered from the beginning.
 */
export function useOneTabStop<E extends HTMLElement>(): React.RefObject<E> {
  const ref = React.useRef<E>(null);
  React.useEffect(() => (ref.current ? keepOneTabStop(ref.current) : undefined), []);
  return ref;
}

/** @returns Removes the listeners. */
function keepOneTabStop(bar: HTMLElement): () => void {
  let current: HTMLButtonElement | undefined;

  function update(): void {
    const shown = shownButtons(bar);
    if (!current || !shown.includes(current)) [current] = shown;
    for (const button of bar.querySelectorAll('button')) {
      const tabIndex = button === current ? 0 : -1;
      if (button.tabIndex !== tabIndex) button.tabIndex = tabIndex;
    }
  }

  function onFocusIn({ target }: FocusEvent): void {
    current = shownButtons(bar).find((button) => button === target) ?? current;
    update();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const shown = shownButtons(bar);
    const at = shown.findIndex((button) => button === event.target);
    const next = at < 0 ? undefined : nextIndex(event.key, at, shown.length);
    if (next === undefined) return;
    event.preventDefault();
    shown.at(next % shown.length)?.focus();
  }

  bar.addEventListener('focusin', onFocusIn);
  bar.addEventListener('keydown', onKeyDown);
  // A narrower window hides some of them.
  window.addEventListener('resize', update);
  // Buttons come and go without a render of the bar itself.
  const observer = new MutationObserver(update);
  observer.observe(bar, {
    childList: true,
    subtree: true,
    attributeFilter: ['disabled', 'tabindex', 'class'],
  });
  update();
  return () => {
    bar.removeEventListener('focusin', onFocusIn);
    bar.removeEventListener('keydown', onKeyDown);
    window.removeEventListener('resize', update);
    observer.disconnect();
  };
}

/** Returns the index to focus, -1 for the last one; `undefined` if the key moves nothing. */
function nextIndex(key: string, at: number, count: number): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return -1;
  const step = readingStep(key);
  return step === 0 ? undefined : at + step + (at + step < 0 ? count : 0);
}

function shownButtons(bar: HTMLElement): readonly HTMLButtonElement[] {
  return [...bar.querySelectorAll<HTMLButtonElement>('button:enabled')].filter(
    (button) => button.getClientRects().length > 0,
  );
}
