import { kindOf } from '../../base/file-kind';
import type { TextBeginning } from '../viewers/text/beginning';
import { readBeginning, splitLines } from '../viewers/text/beginning';
import { drawable, drawInk, FONTS, INK_HEIGHT, MARGIN } from './ink';

/** Bytes of a text that are looked at, in a local file as well. */
const HEAD_BYTES = 64 * 1024;

/** Distance of the lines, in pixels. */
const LINE_HEIGHT = 26;

const MAX_LINES = Math.floor((INK_HEIGHT - MARGIN) / LINE_HEIGHT);

/** Characters of a line that fit. */
const COLUMNS = 27;

/**
 * Reads the beginning of a text.
 *
 * @throws Error if it looks like a binary file.
 */
export async function readHead(bytes: Blob): Promise<TextBeginning> {
  const head = await readBeginning(bytes, HEAD_BYTES);
  if (head.isBinary) throw new Error('This is not text.');
  return head;
}

/** Draws the first lines of a text, of code or of Markdown. */
export async function drawText(bytes: Blob, name: string): Promise<Blob> {
  const lines = linesToDraw(splitLines((await readHead(bytes)).text));
  if (lines.length === 0) throw new Error('The text is empty.');
  const hasHeadings = kindOf(name) === 'markdown';
  return drawInk((context) => {
    lines.forEach((line, index) => {
      const isHeading = hasHeadings && /^#{1,6} /.test(line);
      context.font = isHeading ? FONTS.heading : FONTS.code;
      const text = isHeading ? line.replace(/^#+ +/, '') : line;
      context.fillText(text, MARGIN, MARGIN + (index + 0.5) * LINE_HEIGHT);
    });
  });
}

/** Returns the lines that fit, without blank ones at the beginning. Long lines are wrapped if there are few. */
export function linesToDraw(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const texts = first < 0 ? [] : lines.slice(first, first + MAX_LINES);
  if (texts.length === MAX_LINES) return texts.map((line) => drawable(line));
  return texts.flatMap((line) => wrapped(drawable(line, MAX_LINES * COLUMNS))).slice(0, MAX_LINES);
}

function wrapped(line: string): readonly string[] {
  const count = Math.max(1, Math.ceil(line.length / COLUMNS));
  return Array.from({ length: count }, (_, index) => line.slice(index * COLUMNS, (index + 1) * COLUMNS));
}
