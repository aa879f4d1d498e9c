/** Result of comparing two images. */
export interface ImageDiff {
  /** Size of the drawing, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Share of differing pixels, from 0 to 1; `undefined` when the browser does not allow reading them. */
  readonly share: number | undefined;
}

/** Largest drawing, enough for a screen of 4K. Each pixel takes twice 4 bytes of memory. */
const MAX_PIXELS = 9_000_000;

/** Largest difference of a color channel, of 255, in equal pixels. Lossy compression changes each one a little. */
const TOLERANCE = 8;

/** Pixels to compare at once, to save memory. */
const STRIP_PIXELS = 500_000;

/** Red, green and blue of a differing pixel: bright beside gray, in a dark theme as well. */
const TINT = [226, 0, 96] as const;

/** Weight of the tint. The rest shows the picture below. */
const TINT_WEIGHT = 0.75;

/** Contrast of the equal pixels, drawn in gray. */
const GRAY_WEIGHT = 0.45;

/**
 * Draws the newer one of two images in pale gray, with the differing pixels tinted. Both are drawn on white, at the top
 * left.
 */
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
  const other = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const otherContext = other.getContext('2d', { willReadFrequently: true });
  if (!context || !otherContext) return { width, height, share: undefined };
  draw(otherContext, before, scale);
  draw(context, after, scale);
  try {
    return { width, height, share: tintAll(context, otherContext) };
  } catch {
    // Some SVG images taint the canvas. It cannot be read, but the browser can subtract them: black for equal pixels.
    context.globalCompositeOperation = 'difference';
    context.drawImage(other, 0, 0);
    return { width, height, share: undefined };
  }
}

function draw(context: CanvasRenderingContext2D, picture: HTMLImageElement, scale: number): void {
  context.fillStyle = '#fff';
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.drawImage(picture, 0, 0, picture.naturalWidth * scale, picture.naturalHeight * scale);
}

/**
 * Tints the pixels of `after` that differ from `before`.
 *
 * @returns Their share.
 * @throws DOMException when the browser does not allow reading them.
 */
function tintAll(after: CanvasRenderingContext2D, before: CanvasRenderingContext2D): number {
  const { width, height } = after.canvas;
  const rows = Math.max(1, Math.floor(STRIP_PIXELS / width));
  let differing = 0;
  for (let top = 0; top < height; top += rows) {
    const strip = [0, top, width, Math.min(rows, height - top)] as const;
    const image = after.getImageData(...strip);
    differing += tint(image.data, before.getImageData(...strip).data);
    after.putImageData(image, 0, top);
  }
  return differing / (width * height);
}

/**
 * Tints the pixels of `after` that differ from `before`, and makes all others pale gray. Both are RGBA.
 *
 * @returns The number of differing pixels.
 */
export function tint(after: Uint8ClampedArray, before: Uint8ClampedArray): number {
  let differing = 0;
  for (let at = 0; at < after.length; at += 4) {
    const red = after[at] ?? 0;
    const green = after[at + 1] ?? 0;
    const blue = after[at + 2] ?? 0;
    const difference = Math.max(
      Math.abs(red - (before[at] ?? 0)),
      Math.abs(green - (before[at + 1] ?? 0)),
      Math.abs(blue - (before[at + 2] ?? 0)),
    );
    // Luma of ITU-R BT.601.
    const gray = 0.299 * red + 0.587 * green + 0.114 * blue;
    if (difference > TOLERANCE) {
      differing++;
      after[at] = mix(TINT[0], gray);
      after[at + 1] = mix(TINT[1], gray);
      after[at + 2] = mix(TINT[2], gray);
    } else after.fill(255 - GRAY_WEIGHT * (255 - gray), at, at + 3);
  }
  return differing;
}

function mix(color: number, gray: number): number {
  return TINT_WEIGHT * color + (1 - TINT_WEIGHT) * gray;
}
