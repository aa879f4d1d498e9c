/** Result of comparing two images. */
export interface ImageDiff {
  /** Size of the drawing, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Share of differing pixels, from 0 to 1; `undefined` when the browser does not allow reading them. */
  readonly share: number | undefined;
}

/** Largest drawing. Each pixel takes twice 4 bytes of memory. */
const MAX_PIXELS = 16_000_000;

/** Largest difference of a color channel, of 255, in equal pixels. Lossy compression changes each one a little. */
const TOLERANCE = 8;

/** Draws the difference of two images, black for equal pixels. Both are drawn on white, at the top left. */
export function diffImages(
  canvas: HTMLCanvasElement,
  before: HTMLImageElement,
  after: HTMLImageElement,
): ImageDiff {
  const fullWidth = Math.max(before.naturalWidth, after.naturalWidth, 1);
  const fullHeight = Math.max(before.naturalHeight, after.naturalHeight, 1);
  const scale = Math.min(1, Math.sqrt(MAX_PIXELS / (fullWidth * fullHeight)));
  const width = Math.max(1, Math.round(fullWidth * scale));
  const height = Math.max(1, Math.round(fullHeight * scale));
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return { width, height, share: undefined };
  draw(context, before, scale);
  const other = document.createElement('canvas');
  other.width = width;
  other.height = height;
  const otherContext = other.getContext('2d');
  if (otherContext) draw(otherContext, after, scale);
  context.globalCompositeOperation = 'difference';
  context.drawImage(other, 0, 0);
  return { width, height, share: shareOf(context, width, height) };
}

function draw(context: CanvasRenderingContext2D, picture: HTMLImageElement, scale: number): void {
  context.globalCompositeOperation = 'source-over';
  context.fillStyle = '#fff';
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.drawImage(picture, 0, 0, picture.naturalWidth * scale, picture.naturalHeight * scale);
}

function shareOf(context: CanvasRenderingContext2D, width: number, height: number): number | undefined {
  let data: Uint8ClampedArray;
  try {
    ({ data } = context.getImageData(0, 0, width, height));
  } catch {
    // Some SVG images taint the canvas.
    return undefined;
  }
  let differing = 0;
  for (let at = 0; at < data.length; at += 4) {
    const difference = Math.max(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
    if (difference > TOLERANCE) differing++;
  }
  return differing / (width * height);
}
