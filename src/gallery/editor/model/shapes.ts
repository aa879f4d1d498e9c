import type { Point, Size } from '../../viewers/image/zoom';
import type { Area } from './area';
import { cutToSize, distanceToLine, endOf, isInside, moveInside, upright, wholePixels } from './area';

/** Kinds of shapes, in the order of their tools. A crop is the part of the image to keep. */
export const SHAPE_KINDS = [
  'redact',
  'arrow',
  'line',
  'box',
  'ellipse',
  'pen',
  'text',
  'step',
  'crop',
] as const;

/** Kind of a shape. */
export type ShapeKind = (typeof SHAPE_KINDS)[number];

/** Colors of shapes, in the order shown. */
export const COLORS = ['red', 'yellow', 'green', 'blue', 'black', 'white'] as const;

/** Name of a color. */
export type Color = (typeof COLORS)[number];

/** Widths of lines, thin to thick. */
export const WEIGHTS = ['thin', 'medium', 'thick'] as const;

/** Width of a line. */
export type Weight = (typeof WEIGHTS)[number];

/** Look of a redaction. Neither depends on the image. */
export type Look = 'solid' | 'mosaic';

/** Look of new shapes. */
export interface ShapeStyle {
  readonly color: Color;
  readonly weight: Weight;
  readonly look: Look;
}

/** A shape on the image. */
export interface Shape extends ShapeStyle {
  /** Unique in a drawing, and never used again. */
  readonly id: number;
  readonly kind: ShapeKind;
  readonly area: Area;
  /** Of a text; empty otherwise. */
  readonly text: string;
  /** Of a pen, relative to `area`, from 0 to 1. Empty otherwise. */
  readonly path: readonly Point[];
}

/** Returns the width of a text in pixels, for a size of its letters in pixels. */
export type MeasureText = (text: string, fontPx: number) => number;

/** Height of a line of text, as a multiple of its letters. */
export const LINE_HEIGHT = 1.25;

/** Shapes with a direction, whose extents can be negative. */
const DIRECTED: ReadonlySet<ShapeKind> = new Set(['arrow', 'line']);

/** Shapes that cover whole pixels. */
const WHOLE: ReadonlySet<ShapeKind> = new Set(['redact', 'crop']);

/** Smallest extent of shapes that are not lines, in pixels. */
const MIN_EXTENT = 4;

/** Default extents, as a multiple of `unitOf`. */
const DEFAULT_EXTENTS: Readonly<Record<ShapeKind, Size>> = {
  redact: { width: 160, height: 40 },
  arrow: { width: 140, height: 90 },
  line: { width: 160, height: 0 },
  box: { width: 160, height: 100 },
  ellipse: { width: 160, height: 100 },
  pen: { width: 160, height: 24 },
  text: { width: 60, height: 35 },
  step: { width: 40, height: 40 },
  crop: { width: 0, height: 0 },
};

/** Part of the image that a crop keeps at first. */
const CROP_PART = 0.8;

/** Number of points of a default pen. */
const WAVE_POINTS = 33;

/** Path of a pen that is placed without drawing: a wavy line. */
export const WAVE: readonly Point[] = Array.from({ length: WAVE_POINTS }, (_, index) => {
  const x = index / (WAVE_POINTS - 1);
  return { x, y: (1 - Math.cos(x * 8 * Math.PI)) / 2 };
});

/** Returns the pixels of the image for one unit of width, so that shapes look alike on images of all sizes. */
export function unitOf({ width, height }: Size): number {
  return Math.max(1, Math.sqrt(width * height) / 800);
}

/** Returns the area of a new shape around a point. */
export function defaultArea(kind: ShapeKind, center: Point, size: Size): Area {
  const unit = unitOf(size);
  const extent =
    kind === 'crop'
      ? { width: size.width * CROP_PART, height: size.height * CROP_PART }
      : {
          width: Math.min(DEFAULT_EXTENTS[kind].width * unit, size.width * CROP_PART),
          height: Math.min(DEFAULT_EXTENTS[kind].height * unit, size.height * CROP_PART),
        };
  return { x: center.x - extent.width / 2, y: center.y - extent.height / 2, ...extent };
}

/**
 * Returns the shape within its limits: in the image, not too small, and for a redaction or crop in whole pixels.
 *
 * @param size Whole numbers, at least 1.
 */
export function fitted(shape: Shape, size: Size, measure: MeasureText): Shape {
  return { ...shape, area: fittedArea(shape, size, measure) };
}

function fittedArea({ kind, area, text }: Shape, size: Size, measure: MeasureText): Area {
  if (WHOLE.has(kind)) return wholePixels(moveInside(cutIfLarger(area, size), size), size);
  if (DIRECTED.has(kind)) {
    const cut = moveInside(cutIfLarger(area, size), size);
    return Math.hypot(cut.width, cut.height) >= 1 ? cut : moveInside({ ...cut, width: 1 }, size);
  }
  const box = upright(area);
  if (kind === 'text') {
    const height = clamp(box.height, MIN_EXTENT * LINE_HEIGHT, size.height);
    return moveInside({ ...box, height, width: Math.max(1, measure(text, height / LINE_HEIGHT)) }, size);
  }
  const width = clamp(box.width, MIN_EXTENT, size.width);
  const height = clamp(box.height, MIN_EXTENT, size.height);
  if (kind !== 'step') return moveInside({ ...box, width, height }, size);
  const diameter = Math.min(width, height);
  return moveInside({ ...box, width: diameter, height: diameter }, size);
}

/** A shape is moved into the image as it is; only extents beyond those of the image are cut. */
function cutIfLarger(area: Area, size: Size): Area {
  const isLarger = Math.abs(area.width) > size.width || Math.abs(area.height) > size.height;
  return isLarger ? cutToSize(area, size) : area;
}

function clamp(value: number, min: number, max: number): number {
  return Math.max(Math.min(min, max), Math.min(max, value));
}

/** Returns a shape moved by a distance in pixels. */
export function moved(shape: Shape, { x, y }: Point): Shape {
  return { ...shape, area: { ...shape.area, x: shape.area.x + x, y: shape.area.y + y } };
}

/** Returns a shape whose end is moved by a distance in pixels, within the image. Its start stays. */
export function sized(shape: Shape, delta: Point, size: Size): Shape {
  const { kind, area } = shape;
  const to = endOf(area);
  const end = {
    x: Math.min(size.width, Math.max(0, to.x + delta.x)),
    y: Math.min(size.height, Math.max(0, to.y + delta.y)),
  };
  if (DIRECTED.has(kind))
    return { ...shape, area: { ...area, width: end.x - area.x, height: end.y - area.y } };
  const min = WHOLE.has(kind) ? 1 : MIN_EXTENT;
  const width = Math.max(min, end.x - area.x);
  const height = Math.max(min, end.y - area.y);
  if (kind !== 'step') return { ...shape, area: { ...area, width, height } };
  // A circle follows the key that was pressed.
  const diameter = Math.max(min, area.width + (delta.x === 0 ? delta.y : delta.x));
  const room = Math.min(size.width - area.x, size.height - area.y);
  return { ...shape, area: { ...area, width: Math.min(diameter, room), height: Math.min(diameter, room) } };
}

/** Whether a point is on a shape, or at most `tolerance` pixels away. A crop is its edge: shapes are inside. */
export function isOn(point: Point, { kind, area }: Shape, tolerance: number): boolean {
  if (DIRECTED.has(kind)) return distanceToLine(point, area) <= tolerance;
  const isWithin = isInside(point, area, tolerance);
  return kind === 'crop' ? isWithin && !isInside(point, area, -tolerance) : isWithin;
}
