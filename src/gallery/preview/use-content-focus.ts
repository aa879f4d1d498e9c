import * as React from 'react';

/** First element of a viewer for keys, such as a text to scroll or a player. */
const FOR_KEYS = '.viewer-body [tabindex="0"], .preview-view video, .preview-view audio';

/**
 * Moves the focus to the content of a preview when it opens, and to that of the next file if the focus was in the one
 * before: arrows, Page Down and Space work at once. Leaves it on the buttons of the header. Scrolls only if the focus
 * would be out of sight, so that the name of the file stays on the screen.
 *
 * @param key Identifies the file.
 * @returns The ref of the content, an element with `tabIndex={-1}`.
 */
export function useContentFocus(key: string): React.RefObject<HTMLDivElement> {
  const content = React.useRef<HTMLDivElement>(null);

  // After `useModal`, whose dialog focuses its first button.
  React.useEffect(() => content.current?.focus({ preventScroll: true }), []);

  React.useLayoutEffect(() => {
    const { current: element } = content;
    if (!element) return;
    const moveInside = (): void => {
      const { activeElement } = document;
      if (activeElement !== element && activeElement !== document.body) return;
      const target = element.querySelector<HTMLElement>(FOR_KEYS) ?? element;
      if (target === activeElement) return;
      target.focus({ preventScroll: true });
      // In a low window, as at 400 % zoom, the header takes all of it.
      if (target.getBoundingClientRect().top >= window.innerHeight)
        target.scrollIntoView({ block: 'nearest' });
    };
    moveInside();
    // Viewers are loaded, and some replace their content later.
    const observer = new MutationObserver(moveInside);
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [key]);

  return content;
}
