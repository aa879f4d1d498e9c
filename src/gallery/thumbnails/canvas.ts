/** Longest side of a thumbnail, in pixels: enough for a card at a device pixel ratio of 2. */
export const MAX_SIDE = 320;

/** A canvas outside the page, or an element if the browser has no `OffscreenCanvas` or blocks it. */
export type Canvas = OffscreenCanvas | HTMLCanvasElement;

/** Creates a canvas. Throws in a worker without `OffscreenCanvas`. */
export function createCanvas(width: number, height: number): Canvas {
  try {
    return new OffscreenCanvas(width, height);
  } catch {
    return Object.assign(document.createElement('canvas'), { width, height });
  }
}

/** Returns the context to draw on a canvas. */
export function contextOf(canvas: Canvas): OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D {
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | null;
  if (!context) throw new Error('The browser has no canvas.');
  return context;
}

/** Encodes a canvas: `photo` with losses, `ink` exactly and with its transparent parts. */
export async function encode(canvas: Canvas, content: 'photo' | 'ink'): Promise<Blob> {
  const [type, quality] = content === 'photo' ? (['image/webp', 0.8] as const) : (['image/png'] as const);
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type, ...(quality && { quality }) });
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The thumbnail cannot be encoded.'))),
      type,
      quality,
    ),
  );
}

/** Draws a picture or a frame no larger than a thumbnail. */
export async function encodeScaled(picture: CanvasImageSource, width: number, height: number): Promise<Blob> {
  const factor = Math.min(1, MAX_SIDE / Math.max(width, height));
  const canvas = createCanvas(
    Math.max(1, Math.round(width * factor)),
    Math.max(1, Math.round(height * factor)),
  );
  const context = contextOf(canvas);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return encode(canvas, 'photo');
}
