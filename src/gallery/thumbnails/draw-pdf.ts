import { openPdf } from '../viewers/pdf/open-pdf';
import type { Canvas } from './canvas';
import { createCanvas, encode, MAX_SIDE } from './canvas';

/** Canvases for the library, which would create elements. */
class Canvases {
  create(width: number, height: number): { canvas: Canvas; context: unknown } {
    const canvas = createCanvas(width, height);
    return { canvas, context: canvas.getContext('2d') };
  }

  reset({ canvas }: { canvas: Canvas }, width: number, height: number): void {
    Object.assign(canvas, { width, height });
  }

  destroy({ canvas }: { canvas: Canvas }): void {
    Object.assign(canvas, { width: 0, height: 0 });
  }
}

/** The library's filters are SVG elements. Without them, some masks are drawn plainly. */
class NoFilters {
  addFilter = (): string => 'none';
  addHCMFilter = this.addFilter;
  addAlphaFilter = this.addFilter;
  addLuminosityFilter = this.addFilter;
  addHighlightHCMFilter = this.addFilter;
  destroy = (): void => undefined;
}

/** Draws the first page of a PDF. In a worker only: a hostile file can keep the library busy forever. */
export async function drawPdf(bytes: Blob, signal: AbortSignal): Promise<Blob> {
  await import(/* webpackChunkName: "pdf-start" */ '../viewers/pdf/register-parser');
  const { pdf } = await openPdf(bytes, signal, {
    CanvasFactory: Canvases,
    FilterFactory: NoFilters,
    // Fonts of a PDF and of the system would be added to a document.
    disableFontFace: true,
    useSystemFonts: false,
  });
  const page = await pdf.getPage(1);
  const { width, height } = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: MAX_SIDE / Math.max(width, height) });
  const canvas = createCanvas(
    Math.max(1, Math.ceil(viewport.width)),
    Math.max(1, Math.ceil(viewport.height)),
  );
  // For the screen, the library would wait for animation frames.
  await page.render({ canvas: canvas as HTMLCanvasElement, viewport, intent: 'print' }).promise;
  const picture = await encode(canvas, 'photo');
  await pdf.destroy();
  return picture;
}
