import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { PNG_CHUNK_BYTES, PNG_MARK, pngChunk, pngHeader } from 'azure-devops-emulator/png';
import type { RestServer } from './rest-server';

/** Each pixel has a byte for each of its colors. */
const PIXEL_BYTES = 3;

/**
 * Attaches pictures of an exact size to a work item. Their pixels are incompressible noise, and their bytes
 * are different.
 */
export function hangPictures(
  { baseUrl, attachments, workItems }: RestServer,
  workItemId: number,
  { files, bytesEach }: { readonly files: number; readonly bytesEach: number },
): void {
  const paint = createPainter(bytesEach);
  const operations = Array.from({ length: files }, (_, at) => {
    const id = attachments.keep(() => paint(at));
    const name = `picture ${String(at + 1).padStart(4, '0')}.png`;
    const url = `${baseUrl}_apis/wit/attachments/${id}`;
    const attributes = { name, comment: '', resourceSize: bytesEach };
    return { op: 'add', path: '/relations/-', value: { rel: 'AttachedFile', url, attributes } };
  });
  workItems.patch(workItemId, operations);
}

/** Makes a picture of a size by its number: its pixels are those of all others, the text in it is its own. */
function createPainter(bytesEach: number): (number: number) => Buffer {
  // Leaves room for the bytes around the pixels.
  const side = Math.floor(Math.sqrt(bytesEach / PIXEL_BYTES)) - 1;
  const header = pngHeader(side, side, 'rgb');
  const pixels = pngChunk('IDAT', deflateSync(noise(side), { level: 0 }));
  const end = pngChunk('IEND');
  const taken = [PNG_MARK, header, pixels, end].reduce((sum, { length }) => sum + length, PNG_CHUNK_BYTES);
  return (number) => {
    const text = Buffer.from(`Comment\0Picture ${number}`.padEnd(bytesEach - taken));
    return Buffer.concat([PNG_MARK, header, pngChunk('tEXt', text), pixels, end]);
  };
}

/** Rows of a square picture, each behind its filter type, 0 for none. */
function noise(side: number): Buffer {
  const rowBytes = 1 + side * PIXEL_BYTES;
  const rows = randomBytes(side * rowBytes);
  for (let row = 0; row < side; row++) rows[row * rowBytes] = 0;
  return rows;
}
