import * as React from 'react';

/** Full screen of an element. */
export interface FullScreen<E extends HTMLElement> {
  /** Ref of the element. A dialog itself cannot be shown in full screen (Fullscreen API). */
  readonly element: React.RefObject<E>;
  /** Whether the frame may use the full screen. */
  readonly isAllowed: boolean;
  readonly isOn: boolean;
  readonly toggle: () => void;
}

/** Shows an element in full screen, where the browser and the page around the frame allow it. */
export function useFullScreen<E extends HTMLElement>(): FullScreen<E> {
  const element = React.useRef<E>(null);
  const [isOn, setOn] = React.useState(false);
  React.useEffect(() => {
    const update = (): void => setOn(document.fullscreenElement === element.current);
    document.addEventListener('fullscreenchange', update);
    return () => document.removeEventListener('fullscreenchange', update);
  }, []);
  return {
    element,
    // Safari on iPhone has no such property.
    isAllowed: (document as Partial<Document>).fullscreenEnabled === true,
    isOn,
    toggle() {
      // A refusal leaves the page as it is.
      const change = isOn ? document.exitFullscreen() : element.current?.requestFullscreen();
      void change?.catch(() => undefined);
    },
  };
}
