/** Signature of a PNG. */
export const PNG_MARK = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** How many bytes a chunk takes beside its data. */
export const PNG_CHUNK_BYTES = 12;

/** Eight bits for each of red, green and blue; with `alpha` as well. */
const COLOR_TYPES = { rgb: 2, rgba: 6 };

/** Header chunk, the first of a PNG. */
export function pngHeader(width: number, height: number, colors: keyof typeof COLOR_TYPES): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, COLOR_TYPES[colors]], 8);
  return pngChunk('IHDR', header);
}

/** A part of a PNG: `IDAT` has the pixels, compressed, each row behind its filter type; `IEND` is the last and empty. */
export function pngChunk(type: string, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(PNG_CHUNK_BYTES + data.length);
  chunk.writeUInt32BE(data.length);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), 4 + body.length);
  return chunk;
}

/** The checksum of each chunk; Node has one of its own only from 20.15 on. */
function crc32(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
