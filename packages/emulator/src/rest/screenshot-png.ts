import { deflateSync } from 'node:zlib';
import { PNG_MARK, pngChunk, pngHeader } from '../png';

type Color = readonly [red: number, green: number, blue: number];

/** Filled part of a picture, in pixels. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly color: Color;
}

const [width, height] = [320, 180];
const white: Color = [255, 255, 255];
const light: Color = [222, 222, 226];
const gray: Color = [120, 124, 132];
const barHeight = 22;
const lineHeight = 14;

/** Picture that looks like a screenshot of a small web page: a title bar, lines of text, and a button of one color. */
export function screenshotPng(accent: Color, lines: number): Buffer {
  const boxes: Box[] = [
    { left: 0, top: 0, width, height, color: white },
    { left: 0, top: 0, width, height: barHeight, color: light },
    { left: 8, top: 6, width: 120, height: 10, color: white },
    { left: 20, top: 34, width: 150, height: 10, color: accent },
    ...Array.from({ length: lines }, (_, line) => ({
      left: 20,
      top: 56 + line * lineHeight,
      width: 120 + ((line * 67) % 150),
      height: 6,
      color: gray,
    })),
    { left: 20, top: height - 32, width: 72, height: 20, color: accent },
  ];
  return Buffer.concat([
    PNG_MARK,
    pngHeader(width, height, 'rgb'),
    pngChunk('IDAT', deflateSync(rowsOf(boxes))),
    pngChunk('IEND'),
  ]);
}

/** Each row begins with its filter type, 0 for none. */
function rowsOf(boxes: readonly Box[]): Buffer {
  const rowBytes = 1 + width * 3;
  const rows = Buffer.alloc(rowBytes * height);
  for (const box of boxes) {
    for (let y = box.top; y < box.top + box.height; y++) {
      const begin = y * rowBytes + 1 + box.left * 3;
      rows.fill(Buffer.from(box.color), begin, begin + box.width * 3);
    }
  }
  return rows;
}
