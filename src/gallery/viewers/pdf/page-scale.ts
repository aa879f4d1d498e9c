/** Width and height of a page at scale 1, in CSS pixels. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** CSS pixels per point, the unit of PDF. */
export const PX_PER_POINT = 96 / 72;

/** Total space beside a page, in CSS pixels. */
const MARGIN_PX = 24;

/** Limits of the scale. */
export const MIN_SCALE = 0.1;
export const MAX_SCALE = 5;

/** Maximum pixels of a canvas: about the lowest limit of all browsers. Larger canvases stay empty. */
const MAX_CANVAS_PIXELS = 16_000_000;

/** Maximum height of all pages, in CSS pixels. Firefox cannot scroll beyond 17.9 million. */
const MAX_TOTAL_PX = 15_000_000;

/** Returns the largest scale for `count` pages of this size that keeps the last one within reach. */
export function maxScaleOf({ height }: PageSize, count: number): number {
  return Math.min(MAX_SCALE, MAX_TOTAL_PX / (height * count));
}

/** Returns the scale to fit a page into a width in CSS pixels. */
export function scaleToWidth({ width }: PageSize, widthPx: number, maxScale: number): number {
  return clampScale((widthPx - MARGIN_PX) / width, maxScale);
}

/** Returns the height of a page on the screen, in whole CSS pixels: a list measures its rows in these. */
export function shownHeight({ height }: PageSize, scale: number): number {
  return Math.round(height * scale);
}

/** Clamps a scale to its limits. */
export function clampScale(scale: number, maxScale: number): number {
  return Math.min(maxScale, Math.max(MIN_SCALE, scale));
}

/** Returns canvas pixels per CSS pixel: the density of the screen, or less for a page too large to draw. */
export function canvasDensity({ width, height }: PageSize, scale: number, screenDensity: number): number {
  return Math.min(screenDensity, Math.sqrt(MAX_CANVAS_PIXELS / (width * height)) / scale);
}
