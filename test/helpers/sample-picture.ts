import { zlibSync } from 'fflate';
import { PNG_MARK, pngChunk, pngHeader } from 'azure-devops-emulator/png';

/** Value of a tag: text, whole numbers, or fractions as pairs. */
type TagValue =
  | { readonly text: string }
  | { readonly shorts: readonly number[] }
  | { readonly longs: readonly number[] }
  | { readonly fractions: readonly (readonly [number, number])[] };

/** Tags of a directory by number. */
export type Tags = Readonly<Record<number, TagValue>>;

/** Directories of Exif data. */
export interface ExifTags {
  readonly main?: Tags;
  readonly exif?: Tags;
  readonly gps?: Tags;
}

/** A photo taken at the Eiffel tower, and another camera's picture south and west of zero. */
export const SAMPLE_EXIF: ExifTags = {
  main: {
    0x010e: { text: 'The tower \u202egnp' },
    0x010f: { text: 'Sample' },
    0x0110: { text: 'Sample One' },
    0x0112: { shorts: [6] },
    0x0131: { text: 'Editor 2.0' },
    0x013b: { text: 'Ada' },
    0x8298: { text: '© Ada' },
  },
  exif: {
    0x829a: { fractions: [[1, 250]] },
    0x829d: { fractions: [[28, 10]] },
    0x8827: { shorts: [100] },
    0x9003: { text: '2026:03:14 15:09:26' },
    0x9011: { text: '+01:00' },
    0x920a: { fractions: [[43, 10]] },
    0xa405: { shorts: [26] },
    0xa434: { text: 'Wide 26 mm' },
  },
  gps: {
    1: { text: 'N' },
    2: {
      fractions: [
        [48, 1],
        [51, 1],
        [3013, 100],
      ],
    },
    3: { text: 'E' },
    4: {
      fractions: [
        [2, 1],
        [17, 1],
        [4012, 100],
      ],
    },
  },
};

/** Writes Exif data: a TIFF header with its directories. */
export function exifData(tags: ExifTags, isLittle: boolean): Buffer {
  const number = (value: number, bytes: 2 | 4): Buffer => {
    const buffer = Buffer.alloc(bytes);
    if (isLittle) buffer.writeUIntLE(value, 0, bytes);
    else buffer.writeUIntBE(value, 0, bytes);
    return buffer;
  };
  const encoded = (value: TagValue): { type: number; count: number; bytes: Buffer } => {
    if ('text' in value) {
      const bytes = Buffer.from(`${value.text}\0`);
      return { type: 2, count: bytes.length, bytes };
    }
    const [type, numbers, size] =
      'shorts' in value
        ? ([3, value.shorts, 2] as const)
        : 'longs' in value
          ? ([4, value.longs, 4] as const)
          : ([5, value.fractions.flat(), 4] as const);
    const bytes = Buffer.concat(numbers.map((one) => number(one, size)));
    return { type, count: type === 5 ? numbers.length / 2 : numbers.length, bytes };
  };
  /** A directory at an offset, with its long values behind it. */
  const directory = (directoryTags: Tags, at: number): Buffer => {
    const entries = Object.entries(directoryTags);
    let behind = at + 2 + entries.length * 12 + 4;
    const values: Buffer[] = [];
    const lines = entries.map(([tag, value]) => {
      const { type, count, bytes } = encoded(value);
      const head = [number(Number(tag), 2), number(type, 2), number(count, 4)];
      if (bytes.length <= 4) return Buffer.concat([...head, bytes, Buffer.alloc(4 - bytes.length)]);
      const line = Buffer.concat([...head, number(behind, 4)]);
      values.push(bytes);
      behind += bytes.length;
      return line;
    });
    return Buffer.concat([number(entries.length, 2), ...lines, Buffer.alloc(4), ...values]);
  };
  const { main = {}, exif, gps } = tags;
  // The offsets have the same size for any value.
  const mainTags = (exifAt: number, gpsAt: number): Tags => ({
    ...main,
    ...(exif && { 0x8769: { longs: [exifAt] } }),
    ...(gps && { 0x8825: { longs: [gpsAt] } }),
  });
  const exifAt = 8 + directory(mainTags(0, 0), 8).length;
  const exifPart = exif ? directory(exif, exifAt) : Buffer.alloc(0);
  const gpsAt = exifAt + exifPart.length;
  return Buffer.concat([
    Buffer.from(isLittle ? 'II' : 'MM'),
    number(42, 2),
    number(8, 4),
    directory(mainTags(exifAt, gpsAt), 8),
    exifPart,
    gps ? directory(gps, gpsAt) : Buffer.alloc(0),
  ]);
}

/** XMP data with these properties, as attributes and elements. */
export function xmpWith(attributes: string, elements = ''): string {
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" ${attributes}>${elements}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
}

/** A JPEG with Exif data behind a segment of XMP data. It has no picture. */
export function jpegWith(exif: Buffer, xmp = '<x/>'): Buffer {
  const segment = (marker: number, content: Buffer): Buffer => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(content.length + 2, 2);
    return Buffer.concat([head, content]);
  };
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0', 'latin1')),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${xmp}`)),
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif])),
    Buffer.from([0xff, 0xda, 0, 2, 0xff, 0xd9]),
  ]);
}

/** A PNG of this size in two colors, upper half red, with Exif data at its end. */
export function pngWith(exif: Buffer, width = 64, height = 32, xmp = ''): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 4));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows.set(y < height / 2 ? [200, 0, 0, 255] : [0, 0, 200, 255], y * (1 + width * 4) + 1 + x * 4);
  return Buffer.concat([
    PNG_MARK,
    pngHeader(width, height, 'rgba'),
    pngChunk('IDAT', zlibSync(rows)),
    ...(xmp === '' ? [] : [pngChunk('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${xmp}`))]),
    pngChunk('eXIf', exif),
    pngChunk('IEND'),
  ]);
}

/** A WebP with Exif data behind a chunk of odd length. It has no picture. */
export function webpWith(exif: Buffer, xmp = ''): Buffer {
  const chunk = (name: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(content.length, 4);
    return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
  };
  const chunks = Buffer.concat([
    chunk('VP8 ', Buffer.alloc(7)),
    chunk('EXIF', exif),
    ...(xmp === '' ? [] : [chunk('XMP ', Buffer.from(xmp))]),
  ]);
  return chunk('RIFF', Buffer.concat([Buffer.from('WEBP'), chunks]));
}

/**
 * A HEIC with Exif data as its second item. It has no picture.
 *
 * @param method Place of the item: 0 in the file, 1 in the box `idat`.
 */
export function heicWith(exif: Buffer, method: 0 | 1 = 0): Buffer {
  const numbers = (...values: readonly (readonly [value: number, bytes: number])[]): Buffer =>
    Buffer.concat(
      values.map(([value, bytes]) => {
        const buffer = Buffer.alloc(bytes);
        buffer.writeUIntBE(value, 0, bytes);
        return buffer;
      }),
    );
  const box = (name: string, ...content: readonly Buffer[]): Buffer => {
    const inside = Buffer.concat(content);
    return Buffer.concat([numbers([8 + inside.length, 4]), Buffer.from(name), inside]);
  };
  const info = (id: number, type: string): Buffer =>
    box('infe', numbers([0x02000000, 4], [id, 2], [0, 2]), Buffer.from(`${type}\0`));
  const item = Buffer.concat([numbers([6, 4]), Buffer.from('Exif\0\0'), exif]);
  const meta = (at: number): Buffer =>
    box(
      'meta',
      numbers([0, 4]),
      box('iinf', numbers([0, 4], [2, 2]), info(1, 'hvc1'), info(2, 'Exif')),
      box(
        'iloc',
        numbers([0x01000000, 4], [0x4400, 2], [2, 2]),
        ...[
          { id: 1, from: 0, length: 1, at: 0 },
          { id: 2, from: method, length: item.length, at },
        ].map((one) => numbers([one.id, 2], [one.from, 2], [0, 2], [1, 2], [one.at, 4], [one.length, 4])),
      ),
      ...(method === 1 ? [box('idat', item)] : []),
    );
  const type = box('ftyp', Buffer.from('heic\0\0\0\0heic'));
  if (method === 1) return Buffer.concat([type, meta(0)]);
  const at = type.length + meta(0).length + 8;
  return Buffer.concat([type, meta(at), box('mdat', item)]);
}
