import type { Point, Size } from '../../viewers/image/zoom';

/** Rectangle in image pixels. A negative extent leads to the left or up: lines have a direction. */
export interface Area extends Point, Size {}

/** Returns the rectangle between two corners. */
export function areaBetween(from: Point, to: Point): Area {
  return { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y };
}

/** Returns the end of a line: the corner opposite to its start. */
export function endOf({ x, y, width, height }: Area): Point {
  return { x: x + width, y: y + height };
}

/** Returns the same rectangle with positive extents. */
export function upright({ x, y, width, height }: Area): Area {
  return {
    x: Math.min(x, x + width),
    y: Math.min(y, y + height),
    width: Math.abs(width),
    height: Math.abs(height),
  };
}

/** Moves a rectangle into the image. A larger one begins at the edge. */
export function moveInside(area: Area, size: Size): Area {
  const { x, y, width, height } = upright(area);
  const along = (start: number, length: number, available: number): number =>
    Math.max(0, Math.min(start, available - length)) - start;
  return {
    ...area,
    x: area.x + along(x, width, size.width),
    y: area.y + along(y, height, size.height),
  };
}

/** Cuts a rectangle at the edges of the image. */
export function cutToSize(area: Area, size: Size): Area {
  const clamp = ({ x, y }: Point): Point => ({
    x: Math.min(size.width, Math.max(0, x)),
    y: Math.min(size.height, Math.max(0, y)),
  });
  return areaBetween(clamp(area), clamp(endOf(area)));
}

/**
 * Returns the smallest rectangle of whole pixels around `area`, with at least one pixel, and inside the image. A pixel
 * is in it or not: none is covered in part.
 *
 * @param size Whole numbers, at least 1.
 */
export function wholePixels(area: Area, size: Size): Area {
  const { x, y, width, height } = upright(area);
  const [left, right] = wholeRange(x, x + width, size.width);
  const [top, bottom] = wholeRange(y, y + height, size.height);
  return areaBetween({ x: left, y: top }, { x: right, y: bottom });
}

function wholeRange(from: number, to: number, length: number): readonly [number, number] {
  const start = Math.min(length - 1, Math.max(0, Math.floor(from)));
  return [start, Math.max(start + 1, Math.min(length, Math.ceil(to)))];
}

/** Whether a point is in a rectangle, or at most `tolerance` pixels away. */
export function isInside({ x, y }: Point, area: Area, tolerance = 0): boolean {
  const box = upright(area);
  return (
    x >= box.x - tolerance &&
    x <= box.x + box.width + tolerance &&
    y >= box.y - tolerance &&
    y <= box.y + box.height + tolerance
  );
}

/** Returns the distance between a point and the line from the start to the end of `area`. */
export function distanceToLine({ x, y }: Point, area: Area): number {
  const { width, height } = area;
  const lengthSquared = width ** 2 + height ** 2;
  const along = lengthSquared === 0 ? 0 : ((x - area.x) * width + (y - area.y) * height) / lengthSquared;
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(x - area.x - nearest * width, y - area.y - nearest * height);
}
