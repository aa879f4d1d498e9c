/** What two pictures differ in. */
export interface Difference {
  /** In pixels of the drawing. */
  readonly width: number;
  readonly height: number;
  /** The share of pixels that differ, from 0 to 1; `undefined` where the browser does not let them be read. */
  readonly share: number | undefined;
}

/** No drawing has more pixels than this: four bytes each are held twice. */
const MOST_PIXELS = 16_000_000;

/** A pixel differs when one of its colours does by more than this, of 255: packing a picture changes each a little. */
const TOLERANCE = 8;

/** Draws what two pictures differ in: black where they are the same. Both stand on white, at the upper left. */
export function drawDifference(
  canvas: HTMLCanvasElement,
  before: HTMLImageElement,
  after: HTMLImageElement,
): Difference {
  const fullWidth = Math.max(before.naturalWidth, after.naturalWidth, 1);
  const fullHeight = Math.max(before.naturalHeight, after.naturalHeight, 1);
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (fullWidth * fullHeight)));
  const width = Math.max(1, Math.round(fullWidth * scale));
  const height = Math.max(1, Math.round(fullHeight * scale));
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return { width, height, share: undefined };
  draw(context, before, scale);
  const other = new OffscreenCanvas(width, height);
  const otherContext = other.getContext('2d');
  if (otherContext) draw(otherContext, after, scale);
  context.globalCompositeOperation = 'difference';
  context.drawImage(other, 0, 0);
  return { width, height, share: shareOf(context, width, height) };
}

function draw(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  picture: HTMLImageElement,
  scale: number,
): void {
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
    // A vector graphic may hold what a browser keeps to itself.
    return undefined;
  }
  let differing = 0;
  for (let at = 0; at < data.length; at += 4) {
    const colours = Math.max(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
    if (colours > TOLERANCE) differing++;
  }
  return differing / (width * height);
}
