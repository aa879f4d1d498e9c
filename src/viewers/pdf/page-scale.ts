/** Width and height of a page at its own size, in CSS pixels. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** CSS pixels in a point, the unit of a PDF. */
export const PX_PER_POINT = 96 / 72;

/** Space on both sides of a page, in CSS pixels. */
const MARGIN_PX = 24;

/** How much smaller or larger than itself a page is shown. */
export const SMALLEST_SCALE = 0.1;
export const LARGEST_SCALE = 5;

/** Pixels of one canvas. Browsers have limits beyond which a canvas stays empty; the lowest is about this. */
const MOST_CANVAS_PIXELS = 16_000_000;

/** At which scale a page is as wide as its place; `placePx` in CSS pixels. */
export function scaleToWidth({ width }: PageSize, placePx: number): number {
  return limitScale((placePx - MARGIN_PX) / width);
}

/** The scale within its limits. */
export function limitScale(scale: number): number {
  return Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, scale));
}

/** Pixels of the canvas per CSS pixel: those of the screen, or fewer where the page would be too large to be drawn. */
export function canvasDensity({ width, height }: PageSize, scale: number, screenDensity: number): number {
  return Math.min(screenDensity, Math.sqrt(MOST_CANVAS_PIXELS / (width * height)) / scale);
}
