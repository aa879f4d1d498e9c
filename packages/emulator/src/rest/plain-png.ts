import { deflateSync } from 'node:zlib';
import { PNG_MARK, pngChunk, pngHeader } from '../png';

/** Picture with a gradient from black to one color, `[red, green, blue]`. */
export function plainPng(width: number, height: number, color: readonly [number, number, number]): Buffer {
  return Buffer.concat([
    PNG_MARK,
    pngHeader(width, height, 'rgb'),
    pngChunk('IDAT', deflateSync(rows(width, height, color))),
    pngChunk('IEND'),
  ]);
}

/** Each row begins with its filter type, 0 for none. */
function rows(width: number, height: number, color: readonly [number, number, number]): Buffer {
  const rowBytes = 1 + width * 3;
  const data = Buffer.alloc(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const faded = color.map((value) => Math.round((value * (y + 1)) / height));
    data.fill(Buffer.from(faded), y * rowBytes + 1, (y + 1) * rowBytes);
  }
  return data;
}
