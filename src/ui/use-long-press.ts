import * as React from 'react';
import type { Runtime } from '../base/runtime';
import { browserRuntime } from '../base/runtime';
import { ignoreNextClick } from './ignore-click';

/** Minimum duration of a long press, in milliseconds. */
const LONG_PRESS_MS = 500;

/** Maximum movement of a finger at rest, in CSS pixels. */
const MAX_MOVE_PX = 10;

/** Position in the window, in CSS pixels. */
type Point = Pick<MouseEvent, 'clientX' | 'clientY'>;

/** Handlers of long presses. */
export interface LongPressHandlers {
  /** Returns the element for long presses on a target, or null if they have no effect there. */
  readonly find: (target: EventTarget) => HTMLElement | null;
  readonly onLongPress: (element: HTMLElement, at: Point) => void;
}

/** Handles long presses inside a container. `handlers` can differ on each render. */
export function useLongPress(container: React.RefObject<HTMLElement>, handlers: LongPressHandlers): void {
  const latest = React.useRef(handlers);
  latest.current = handlers;
  React.useEffect(() => {
    const { current: element } = container;
    if (!element) return undefined;
    return watchLongPress(element, browserRuntime, {
      find: (target) => latest.current.find(target),
      onLongPress: (...press) => latest.current.onLongPress(...press),
    });
  }, [container]);
}

/**
 * Calls back for each long press of one finger inside a container. Most browsers send `contextmenu` for it, before or
 * after our own time limit; Safari on iOS sends none. The first of both counts. The click at the end of the touch is
 * ignored.
 *
 * @returns Removes the listeners.
 */
export function watchLongPress(
  container: HTMLElement,
  runtime: Pick<Runtime, 'setTimer'>,
  { find, onLongPress }: LongPressHandlers,
): () => void {
  /** The current or last touch. It may have ended: Windows sends `contextmenu` afterwards. */
  let touch: (Point & { readonly pointerId: number }) | undefined;
  let isDone = false;
  let stopTimer = (): void => undefined;

  const findInside = ({ target }: Event): HTMLElement | null =>
    target instanceof Node && container.contains(target) ? find(target) : null;

  function finish(element: HTMLElement, at: Point): void {
    stopTimer();
    isDone = true;
    ignoreNextClick();
    onLongPress(element, at);
  }

  function onDown(event: PointerEvent): void {
    stopTimer();
    // A second finger begins another gesture, such as a pinch.
    if (!event.isPrimary) return;
    isDone = false;
    touch = event.pointerType === 'touch' ? event : undefined;
    const element = findInside(event);
    if (!touch || !element) return;
    const at = touch;
    stopTimer = runtime.setTimer(LONG_PRESS_MS, () => finish(element, at));
  }

  function onMove({ pointerId, clientX, clientY }: PointerEvent): void {
    if (touch?.pointerId !== pointerId) return;
    if (Math.hypot(clientX - touch.clientX, clientY - touch.clientY) > MAX_MOVE_PX) stopTimer();
  }

  function onEnd({ pointerId }: PointerEvent): void {
    if (touch?.pointerId === pointerId) stopTimer();
  }

  function onContextMenu(event: MouseEvent): void {
    const element = findInside(event);
    if (!touch || !(element || isDone)) return;
    event.preventDefault();
    event.stopPropagation();
    if (element && !isDone) finish(element, event);
  }

  function onMouseDown(event: MouseEvent): void {
    // At the end of the touch, it would move the focus from the menu to the file.
    if (isDone) event.preventDefault();
  }

  // On the document: the menu can be under the finger at its end.
  const controller = new AbortController();
  const options = { capture: true, signal: controller.signal };
  document.addEventListener('pointerdown', onDown, options);
  document.addEventListener('pointermove', onMove, options);
  document.addEventListener('pointerup', onEnd, options);
  document.addEventListener('pointercancel', onEnd, options);
  document.addEventListener('scroll', () => stopTimer(), options);
  document.addEventListener('contextmenu', onContextMenu, options);
  document.addEventListener('mousedown', onMouseDown, options);
  return () => {
    stopTimer();
    controller.abort();
  };
}
