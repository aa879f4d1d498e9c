import { withoutAnsi } from '../viewers/text/ansi';
import type { Canvas } from './canvas';
import { contextOf, createCanvas, encode, MAX_SIDE } from './canvas';

/** Height of a drawn text, table or list, in pixels. */
export const INK_HEIGHT = 200;

/** Fonts by use. */
export const FONTS = {
  code: '20px Consolas, Menlo, monospace',
  heading: 'bold 20px Consolas, Menlo, monospace',
  words: '20px "Segoe UI", "Helvetica Neue", Arial, sans-serif',
} as const;

/** Black by its strength. The page inverts it in dark themes. */
export const INKS = {
  strong: 'rgba(0, 0, 0, 0.85)',
  quiet: 'rgba(0, 0, 0, 0.4)',
  faint: 'rgba(0, 0, 0, 0.09)',
};

/** Distance of the ink from the edges, in pixels. */
export const MARGIN = 12;

/** Draws with black ink on a transparent canvas, and encodes it. */
export async function drawInk(draw: (context: ReturnType<typeof contextOf>) => void): Promise<Blob> {
  const canvas: Canvas = createCanvas(MAX_SIDE, INK_HEIGHT);
  const context = contextOf(canvas);
  context.textBaseline = 'middle';
  context.fillStyle = INKS.strong;
  draw(context);
  return encode(canvas, 'ink');
}

/** Controls, and marks that change the direction of the text around them. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Returns the beginning of a text without controls.
 *
 * @param maxLength In UTF-16 units. The canvas cuts longer texts than its width, but they take time.
 */
export function drawable(text: string, maxLength = 60): string {
  return withoutAnsi(text.slice(0, 4 * maxLength))
    .replace(/\t/g, '  ')
    .replace(CONTROLS, '')
    .slice(0, maxLength);
}
