import { deflateSync } from 'node:zlib';

/** A picture that fades from black to one colour, `[red, green, blue]`. */
export function plainPng(width: number, height: number, colour: readonly [number, number, number]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(rows(width, height, colour));
  return Buffer.concat([
    signature,
    part('IHDR', header),
    part('IDAT', pixels),
    part('IEND', Buffer.alloc(0)),
  ]);
}

/** Each row begins with its filter type, 0 for none. */
function rows(width: number, height: number, colour: readonly [number, number, number]): Buffer {
  const rowBytes = 1 + width * 3;
  const data = Buffer.alloc(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const faded = colour.map((value) => Math.round((value * (y + 1)) / height));
    for (let x = 0; x < width; x++) data.set(faded, y * rowBytes + 1 + x * 3);
  }
  return data;
}

function part(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** The checksum of PNG; Node has one of its own only from 20.15 on. */
function crc32(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
