import type { Size } from '../viewers/image/zoom';
import { EditorProblem } from './editor-problem';
import type { Drawing } from './model/drawing';
import { shapesOf } from './model/drawing';
import { paint } from './paint';

/** Type of the file. The same pixels always give the same bytes, without losses. */
const TYPE = 'image/png';

/** Side of the canvas that shows whether the browser keeps pixels, in pixels. */
const PROBE_SIDE = 16;

/**
 * Paints the image with its shapes at its own size, or that of the crop, and encodes it as PNG. Nothing else of the
 * original gets into the file: no metadata, no thumbnail, no pixel below a redaction.
 *
 * @param size Size of the image in pixels.
 * @throws EditorProblem `not-encoded` if the browser has no memory for it.
 */
export async function flatten(picture: CanvasImageSource, drawing: Drawing, size: Size): Promise<Blob> {
  const { x, y, width, height } = shapesOf(drawing, 'crop')[0]?.area ?? { x: 0, y: 0, ...size };
  const { canvas, context } = openCanvas({ width, height });
  try {
    // In whole pixels: a pixel of the image is one of the file, and mixed with no other.
    context.imageSmoothingEnabled = false;
    context.translate(-x, -y);
    paint(context, picture, drawing, size);
    return await encode(canvas);
  } finally {
    // Frees the memory at once.
    canvas.width = 0;
    canvas.height = 0;
  }
}

/** Whether the browser gives back the pixels of a canvas. Some change them to prevent fingerprinting. */
export function keepsPixels(): boolean {
  try {
    const { context } = openCanvas({ width: PROBE_SIDE, height: PROBE_SIDE });
    const levelOf = (x: number, y: number): number => (x * 16 + y * 7) % 256;
    for (let x = 0; x < PROBE_SIDE; x++)
      for (let y = 0; y < PROBE_SIDE; y++) {
        const level = levelOf(x, y);
        context.fillStyle = `rgb(${level}, ${255 - level}, 128)`;
        context.fillRect(x, y, 1, 1);
      }
    const { data } = context.getImageData(0, 0, PROBE_SIDE, PROBE_SIDE);
    return data.every((value, index) => {
      const pixel = Math.floor(index / 4);
      const level = levelOf(pixel % PROBE_SIDE, Math.floor(pixel / PROBE_SIDE));
      return value === [level, 255 - level, 128, 255][index % 4];
    });
  } catch {
    return false;
  }
}

function openCanvas(size: Size): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = Object.assign(document.createElement('canvas'), size);
  // In memory rather than on a graphics card, whose results differ.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new EditorProblem('not-encoded');
  return { canvas, context };
}

function encode(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((png) => (png ? resolve(png) : reject(new EditorProblem('not-encoded'))), TYPE),
  );
}
