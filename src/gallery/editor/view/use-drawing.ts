import * as React from 'react';
import type { Point, Zoom } from '../../viewers/image/zoom';
import type { Area } from '../model/area';
import { areaBetween, endOf, upright } from '../model/area';
import { shapeOf } from '../model/drawing';
import type { Editor } from '../model/editor';
import type { Shape } from '../model/shapes';
import { isOn } from '../model/shapes';

/** Distance of a press from a line or a handle that still counts, in CSS pixels. */
const REACH_PX = 8;

/** Movement of the pointer that begins a drag, in CSS pixels. */
const MIN_DRAG_PX = 4;

/** Parts of the editor that the pointer acts on. */
export interface PointerTargets {
  readonly editor: Editor;
  readonly zoom: Zoom | undefined;
  /** Moves the image, in CSS pixels. */
  readonly pan: (delta: Point) => void;
  /** Called after a shape was placed or drawn. */
  readonly onAdded: () => void;
}

/** Action of a drag. Points are in image pixels. */
interface Drag {
  readonly start: Point;
  readonly isLongEnough: (event: PointerEvent) => boolean;
  readonly move: (to: Point, event: PointerEvent) => void;
  /** Called at the end without a movement. */
  readonly click: () => void;
  readonly end: () => void;
}

/** Places, draws, selects, moves and sizes shapes by a pointer. A click does as much as a drag. */
export function useDrawing(stage: React.RefObject<HTMLElement>, targets: PointerTargets): void {
  const latest = React.useRef(targets);
  React.useLayoutEffect(() => {
    latest.current = targets;
  });
  React.useEffect(() => {
    const { current: element } = stage;
    if (!element) return undefined;
    let drag: Drag | undefined;
    let isMoving = false;

    const pointOf = (event: PointerEvent): Point => {
      const at = pointIn(element, event);
      const { x, y, scale } = latest.current.zoom ?? { x: 0, y: 0, scale: 1 };
      return { x: (at.x - x) / scale, y: (at.y - y) / scale };
    };
    const onDown = (event: PointerEvent): void => {
      if (!event.isPrimary || event.button !== 0 || !latest.current.zoom) return;
      element.setPointerCapture(event.pointerId);
      const { clientX, clientY } = event;
      const isLongEnough = (now: PointerEvent): boolean =>
        Math.hypot(now.clientX - clientX, now.clientY - clientY) >= MIN_DRAG_PX;
      isMoving = false;
      drag = { ...dragAt(pointOf(event), latest.current), isLongEnough };
    };
    const onMove = (event: PointerEvent): void => {
      if (!drag || !event.isPrimary) return;
      isMoving ||= drag.isLongEnough(event);
      if (isMoving) drag.move(pointOf(event), event);
    };
    const onUp = (): void => {
      const ended = drag;
      drag = undefined;
      if (ended && !isMoving) ended.click();
      ended?.end();
    };
    const onCancel = (): void => {
      drag?.end();
      drag = undefined;
    };
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onCancel);
    return () => {
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onCancel);
    };
  }, [stage]);
}

/** Returns the place of the pointer in an element, inside of its border, in CSS pixels. */
export function pointIn(element: HTMLElement, { clientX, clientY }: MouseEvent): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left - element.clientLeft, y: clientY - top - element.clientTop };
}

type DragAction = Omit<Drag, 'isLongEnough'>;

const NOTHING = (): void => undefined;

/** Chooses the action: a handle of the selected shape, that shape, the tool, another shape, or the image. */
function dragAt(start: Point, targets: PointerTargets): DragAction {
  const { editor, zoom, pan } = targets;
  const { history, selected, tool } = editor.getSnapshot();
  const reach = REACH_PX / (zoom?.scale ?? 1);
  const chosen = shapeOf(history.present, selected);
  const handle = chosen && handlesOf(chosen).find(({ at }) => distance(at, start) <= reach);
  if (chosen && handle) return sizing(start, handle.opposite, chosen, editor);
  if (chosen && (tool === 'select' || tool === chosen.kind) && isOn(start, chosen, reach))
    return moving(start, chosen, editor);
  if (tool !== 'select') return drawing(start, tool, targets);
  const shape = editor.shapeAt(start, reach);
  editor.select(shape?.id);
  if (shape) return moving(start, shape, editor);
  const move = (_to: Point, { movementX: x, movementY: y }: PointerEvent): void => pan({ x, y });
  return { start, move, click: NOTHING, end: NOTHING };
}

function moving(start: Point, shape: Shape, editor: Editor): DragAction {
  editor.settle();
  return {
    start,
    move(to) {
      const [x, y] = [Math.round(to.x - start.x), Math.round(to.y - start.y)];
      editor.change({ area: { ...shape.area, x: shape.area.x + x, y: shape.area.y + y } });
    },
    click: NOTHING,
    end: editor.settle,
  };
}

function sizing(start: Point, opposite: Point, shape: Shape, editor: Editor): DragAction {
  editor.settle();
  const isFromEnd = opposite === shape.area;
  return {
    start,
    move: (to) =>
      editor.change({
        area: isFromEnd || !isLine(shape) ? areaBetween(opposite, to) : areaBetween(to, opposite),
      }),
    click: NOTHING,
    end: editor.settle,
  };
}

function drawing(start: Point, kind: Shape['kind'], { editor, onAdded }: PointerTargets): DragAction {
  const points: Point[] = [start];
  let hasBegun = false;
  return {
    start,
    move(to) {
      points.push(to);
      const area = kind === 'pen' ? boundsOf(points) : areaBetween(start, to);
      const path = kind === 'pen' ? pathIn(area, points) : undefined;
      if (hasBegun) editor.redraw(area, path);
      else editor.draw(kind, area, path);
      hasBegun = true;
    },
    click() {
      editor.place(kind, start);
      hasBegun = true;
    },
    end() {
      editor.settle();
      if (hasBegun) onAdded();
    },
  };
}

/** Handle to size a shape. */
export interface Handle {
  readonly at: Point;
  /** Stays in place. */
  readonly opposite: Point;
}

/** Returns the handles of a shape: the ends of a line, or the corners. */
export function handlesOf(shape: Shape): readonly Handle[] {
  const { area } = shape;
  const end = endOf(area);
  if (isLine(shape))
    return [
      { at: end, opposite: area },
      { at: area, opposite: end },
    ];
  const { x, y, width, height } = upright(area);
  const corners = [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ];
  return corners.map((at, index) => ({ at, opposite: corners[(index + 2) % 4] ?? at }));
}

function isLine({ kind }: Shape): boolean {
  return kind === 'line' || kind === 'arrow';
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

function boundsOf(points: readonly Point[]): Area {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return areaBetween({ x: Math.min(...xs), y: Math.min(...ys) }, { x: Math.max(...xs), y: Math.max(...ys) });
}

function pathIn(area: Area, points: readonly Point[]): readonly Point[] {
  const part = (value: number, start: number, length: number): number =>
    length === 0 ? 0 : (value - start) / length;
  return points.map(({ x, y }) => ({ x: part(x, area.x, area.width), y: part(y, area.y, area.height) }));
}
