import type { Rotation } from '../rotation';
import { rotatedSize } from '../rotation';

/** Width and height: image pixels for an image, CSS pixels for the viewport. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Position in CSS pixels, from the top left corner of the viewport. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Position of the image's top left corner, and CSS pixels per image pixel. */
export interface Zoom extends Point {
  readonly scale: number;
}

/** Maximum scale: enough to tell pixels apart, without slowing down the page. */
export const MAX_SCALE = 32;

/** Returns the zoom for the whole image, centered and never enlarged. */
export function fit(image: Size, viewport: Size): Zoom {
  return clampPosition({ x: 0, y: 0, scale: fitScale(image, viewport) }, image, viewport);
}

/** Tolerance for rounding errors, in CSS pixels. */
const TOLERANCE_PX = 0.01;

/** Whether two zooms look the same. */
export function isSame(one: Zoom, other: Zoom): boolean {
  return (
    Math.abs(one.x - other.x) < TOLERANCE_PX &&
    Math.abs(one.y - other.y) < TOLERANCE_PX &&
    Math.abs(one.scale / other.scale - 1) < 1e-6
  );
}

/** Whether the image is larger than the viewport. */
export function overflows({ scale }: Zoom, image: Size, viewport: Size): boolean {
  const isLarger = (imagePx: number, viewportPx: number): boolean =>
    imagePx * scale > viewportPx + TOLERANCE_PX;
  return isLarger(image.width, viewport.width) || isLarger(image.height, viewport.height);
}

/**
 * Changes the scale and keeps the image point at `at` in its position, within the limits.
 *
 * @param scale Clamped between the fitting scale and `MAX_SCALE`.
 */
export function zoomTo(zoom: Zoom, scale: number, at: Point, image: Size, viewport: Size): Zoom {
  const clamped = Math.min(MAX_SCALE, Math.max(fitScale(image, viewport), scale));
  const factor = clamped / zoom.scale;
  const moved = {
    x: at.x - (at.x - zoom.x) * factor,
    y: at.y - (at.y - zoom.y) * factor,
    scale: clamped,
  };
  return clampPosition(moved, image, viewport);
}

/** Moves the image by a distance in CSS pixels, within its edges. */
export function pan(zoom: Zoom, delta: Point, image: Size, viewport: Size): Zoom {
  return clampPosition({ ...zoom, x: zoom.x + delta.x, y: zoom.y + delta.y }, image, viewport);
}

/** Rotates the image by 90 degrees, around the center of the viewport, within the limits. */
export function rotate(zoom: Zoom, image: Size, viewport: Size): Zoom {
  const center = centerOf(viewport);
  const bottom = zoom.y + image.height * zoom.scale;
  // The lower left corner becomes the upper left one.
  const rotated = { x: center.x + center.y - bottom, y: center.y + zoom.x - center.x, scale: zoom.scale };
  return zoomTo(rotated, zoom.scale, center, rotatedSize(image, 90), viewport);
}

/**
 * Returns the CSS transformation of an image around its own top left corner.
 *
 * @param zoom That of the rotated image.
 * @param image Size before the rotation.
 */
export function transformOf({ x, y, scale }: Zoom, image: Size, rotation: Rotation): string {
  const [width, height] = [image.width * scale, image.height * scale];
  const corners: Readonly<Record<Rotation, Point>> = {
    0: { x, y },
    90: { x: x + height, y },
    180: { x: x + width, y: y + height },
    270: { x, y: y + width },
  };
  const move = `translate(${corners[rotation].x}px, ${corners[rotation].y}px)`;
  return rotation === 0 ? move : `${move} rotate(${rotation}deg)`;
}

/** Returns the center of an area. */
export function centerOf({ width, height }: Size): Point {
  return { x: width / 2, y: height / 2 };
}

function fitScale(image: Size, viewport: Size): number {
  return Math.min(1, viewport.width / image.width, viewport.height / image.height);
}

/** Leaves no gap beside an overflowing image and centers a smaller one. */
function clampPosition(zoom: Zoom, image: Size, viewport: Size): Zoom {
  const along = (start: number, length: number, available: number): number =>
    length <= available ? (available - length) / 2 : Math.min(0, Math.max(available - length, start));
  return {
    x: along(zoom.x, image.width * zoom.scale, viewport.width),
    y: along(zoom.y, image.height * zoom.scale, viewport.height),
    scale: zoom.scale,
  };
}
