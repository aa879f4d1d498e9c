import * as React from 'react';
import type { Point } from './zoom';

/** Handlers of pointer and wheel gestures. */
export interface GestureHandlers {
  /** Called with a distance in CSS pixels. */
  readonly onPan: (delta: Point) => void;
  /** Called with a factor and a center, relative to the top left corner of the element. */
  readonly onZoom: (factor: number, at: Point) => void;
}

/** Zoom factor per CSS pixel of wheel movement. One step of a mouse wheel is about 100 pixels. */
const ZOOM_PER_WHEEL_PX = 1.002;

/** Height of a line for wheel events in lines, in CSS pixels. */
const WHEEL_LINE_PX = 16;

/** Maximum number of fingers in a gesture; further ones are ignored. */
const MAX_POINTERS = 2;

/**
 * Pans and zooms by gestures on an element: dragging with one pointer, pinching with two, the wheel with or without
 * Ctrl. Browsers report a pinch on a touchpad as the wheel with Ctrl.
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
      // Keeps the page from scrolling or zooming.
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL_LINE_PX : 1;
      latest.current.onZoom(ZOOM_PER_WHEEL_PX ** (-event.deltaY * pixels), pointOf(event));
    };
    const onDown = (event: PointerEvent): void => {
      // The first finger begins a gesture, even if the end of the last one was lost.
      if (event.isPrimary) pointers.clear();
      if (event.button !== 0 || pointers.size >= MAX_POINTERS) return;
      target.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, pointOf(event));
    };
    const onUp = (event: PointerEvent): void => void pointers.delete(event.pointerId);
    const onMove = (event: PointerEvent): void => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      if (event.buttons === 0) {
        // A mouse button released outside, such as in a dialog of the browser.
        onUp(event);
        return;
      }
      const now = pointOf(event);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      pointers.set(event.pointerId, now);
      if (!other) {
        latest.current.onPan(subtract(now, before));
        return;
      }
      // One event moves one finger: the center moves half as far.
      const center = midpoint(now, other);
      latest.current.onPan(subtract(center, midpoint(before, other)));
      const length = distance(before, other);
      if (length > 0) latest.current.onZoom(distance(now, other) / length, center);
    };

    // React adds passive wheel listeners, unable to prevent scrolling.
    target.addEventListener('wheel', onWheel, { passive: false });
    target.addEventListener('pointerdown', onDown);
    target.addEventListener('pointermove', onMove);
    target.addEventListener('pointerup', onUp);
    target.addEventListener('pointercancel', onUp);
    target.addEventListener('lostpointercapture', onUp);
    return () => {
      target.removeEventListener('wheel', onWheel);
      target.removeEventListener('pointerdown', onDown);
      target.removeEventListener('pointermove', onMove);
      target.removeEventListener('pointerup', onUp);
      target.removeEventListener('pointercancel', onUp);
      target.removeEventListener('lostpointercapture', onUp);
    };
  }, [element]);
}

function subtract(a: Point, b: Point): Point {
  return { x: a.x - b.x, y: a.y - b.y };
}

function midpoint(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
