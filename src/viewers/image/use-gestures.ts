import * as React from 'react';
import type { Point } from './zoom';

/** What the fingers, the mouse and its wheel ask for. */
export interface GestureHandlers {
  /** Moved by so many CSS pixels. */
  readonly onPan: (by: Point) => void;
  /** Larger by a factor, around a point from the element's corner. */
  readonly onZoom: (factor: number, at: Point) => void;
}

/** How far a picture grows by one CSS pixel of a wheel. A step of a mouse's wheel is about 100 of them. */
const PER_WHEEL_PIXEL = 1.002;

/** Height of a line, in CSS pixels, for wheels that count lines. */
const WHEEL_LINE_PX = 16;

/**
 * Turns what happens on an element into pans and zooms: dragging with one pointer, pinching with two, the wheel with
 * or without Ctrl (which is also what a touch pad sends for a pinch).
 */
export function useGestures(element: React.RefObject<HTMLElement>, handlers: GestureHandlers): void {
  const latest = React.useRef(handlers);
  React.useEffect(() => {
    latest.current = handlers;
  });
  React.useEffect(() => {
    const { current: target } = element;
    if (!target) return undefined;
    const pointers = new Map<number, Point>();

    const pointOf = (event: MouseEvent): Point => {
      const { left, top } = target.getBoundingClientRect();
      return { x: event.clientX - left, y: event.clientY - top };
    };
    const onWheel = (event: WheelEvent): void => {
      // The page would scroll, or grow as a whole.
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL_LINE_PX : 1;
      latest.current.onZoom(PER_WHEEL_PIXEL ** (-event.deltaY * pixels), pointOf(event));
    };
    const onDown = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      target.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, pointOf(event));
    };
    const onMove = (event: PointerEvent): void => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = pointOf(event);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      pointers.set(event.pointerId, now);
      if (!other) {
        latest.current.onPan(minus(now, before));
        return;
      }
      // The other finger rests for this event: the point between the two moved half as far.
      const middle = between(now, other);
      latest.current.onPan(minus(middle, between(before, other)));
      const length = distance(before, other);
      if (length > 0) latest.current.onZoom(distance(now, other) / length, middle);
    };
    const onUp = (event: PointerEvent): void => void pointers.delete(event.pointerId);

    // React's own listeners cannot keep a wheel from scrolling the page.
    target.addEventListener('wheel', onWheel, { passive: false });
    target.addEventListener('pointerdown', onDown);
    target.addEventListener('pointermove', onMove);
    target.addEventListener('pointerup', onUp);
    target.addEventListener('pointercancel', onUp);
    return () => {
      target.removeEventListener('wheel', onWheel);
      target.removeEventListener('pointerdown', onDown);
      target.removeEventListener('pointermove', onMove);
      target.removeEventListener('pointerup', onUp);
      target.removeEventListener('pointercancel', onUp);
    };
  }, [element]);
}

function minus(a: Point, b: Point): Point {
  return { x: a.x - b.x, y: a.y - b.y };
}

function between(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
