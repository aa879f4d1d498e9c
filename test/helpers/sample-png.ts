import { zlibSync } from 'fflate';
import { PNG_MARK, pngChunk, pngHeader } from 'azure-devops-emulator/png';

/** A picture with a different color in each pixel and a transparent right half. */
export function samplePng(width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 4));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [red, green] = [(255 * x) / width, (255 * y) / height];
      rows.set([red, green, 128, x < width / 2 ? 255 : 96], y * (1 + width * 4) + 1 + x * 4);
    }
  return Buffer.concat([
    PNG_MARK,
    pngHeader(width, height, 'rgba'),
    pngChunk('IDAT', zlibSync(rows)),
    pngChunk('IEND'),
  ]);
}
