import { deflateSync } from 'node:zlib';
import { PNG_MARK, pngChunk } from 'azure-devops-emulator/png';
import type { CorpusFile } from './corpus-file';
import { ELSEWHERE, refused } from './corpus-file';

const WIDTH = 20;
const HEIGHT = 12;

/** Color types of PNG by name: number, channels, bits of a channel. */
const PNG_COLORS = {
  gray: [0, 1, [1, 2, 4, 8, 16]],
  rgb: [2, 3, [8, 16]],
  palette: [3, 1, [1, 2, 4, 8]],
  'gray alpha': [4, 2, [8, 16]],
  rgba: [6, 4, [8, 16]],
} as const;

/** Passes of an interlaced PNG: first column and row, and steps. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function png(colorType: number, channels: number, bits: number, isInterlaced: boolean): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([bits, colorType, 0, 0, isInterlaced ? 1 : 0], 8);
  const passes = isInterlaced ? ADAM7 : [[0, 0, 1, 1] as const];
  const rows = passes.flatMap(([x, y, stepX, stepY]) => {
    const columns = Math.ceil((WIDTH - x) / stepX);
    const count = Math.ceil((HEIGHT - y) / stepY);
    const row = Buffer.alloc(1 + Math.ceil((columns * channels * bits) / 8), 0x55);
    // No filter.
    row[0] = 0;
    return Array.from({ length: count }, () => row);
  });
  const palette = Buffer.from(Array.from({ length: 256 }, (_, index) => [index, 255 - index, 90]).flat());
  return Buffer.concat([
    PNG_MARK,
    pngChunk('IHDR', header),
    ...(colorType === 3 ? [pngChunk('PLTE', palette.subarray(0, 3 * 2 ** bits))] : []),
    pngChunk('IDAT', deflateSync(Buffer.concat(rows))),
    pngChunk('IEND'),
  ]);
}

function pngs(): readonly CorpusFile[] {
  return Object.entries(PNG_COLORS).flatMap(([name, [colorType, channels, depths]]) =>
    depths.flatMap((bits) =>
      [false, true].map((isInterlaced) =>
        picture(
          `${name} of ${bits} bits${isInterlaced ? ' interlaced' : ''}.png`,
          png(colorType, channels, bits, isInterlaced),
        ),
      ),
    ),
  );
}

/** A bitmap. Its rows begin at the bottom, or at the top with a negative height. */
function bmp(bits: number, isTopDown: boolean): Buffer {
  const colors = bits <= 8 ? 2 ** bits : 0;
  const rowBytes = Math.ceil((WIDTH * bits) / 32) * 4;
  const start = 14 + 40 + colors * 4;
  const content = Buffer.alloc(start + rowBytes * HEIGHT, 0x55);
  content.fill(0, 0, 54);
  content.write('BM', 'latin1');
  content.writeUInt32LE(content.length, 2);
  content.writeUInt32LE(start, 10);
  content.writeUInt32LE(40, 14);
  content.writeInt32LE(WIDTH, 18);
  content.writeInt32LE(isTopDown ? -HEIGHT : HEIGHT, 22);
  content.writeUInt16LE(1, 26);
  content.writeUInt16LE(bits, 28);
  content.writeUInt32LE(colors, 46);
  for (let color = 0; color < colors; color++)
    content.writeUInt32LE((color * 0x123456) & 0xffffff, 54 + color * 4);
  return content;
}

function bmps(): readonly CorpusFile[] {
  return [1, 4, 8, 16, 24, 32].flatMap((bits) => [
    picture(`bitmap of ${bits} bits.bmp`, bmp(bits, false)),
    picture(`bitmap of ${bits} bits from the top.bmp`, bmp(bits, true)),
  ]);
}

/** A GIF of two colors. Each pixel has a code of its own: a clear code after every second one keeps their size. */
function gif(version: '87a' | '89a', frames: number, isTransparent: boolean): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(WIDTH, 0);
  size.writeUInt16LE(HEIGHT, 2);
  const frame = [
    ...(version === '89a' ? [Buffer.from([0x21, 0xf9, 4, isTransparent ? 1 : 0, 10, 0, 0, 0])] : []),
    Buffer.from([0x2c, 0, 0, 0, 0]),
    size,
    Buffer.from([0, 2]),
    subBlocks(lzw()),
    Buffer.from([0]),
  ];
  return Buffer.concat([
    Buffer.from(`GIF${version}`, 'latin1'),
    size,
    Buffer.from([0x80, 0, 0, 200, 0, 0, 0, 0, 200]),
    ...Array.from({ length: frames }, () => frame).flat(),
    Buffer.from([0x3b]),
  ]);
}

/** Codes of 3 bits: 0 and 1 are colors, 4 clears, 5 ends. */
function lzw(): Buffer {
  const codes: number[] = [];
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
    if (pixel % 2 === 0) codes.push(4);
    codes.push(pixel % 2);
  }
  codes.push(5);
  const bytes = Buffer.alloc(Math.ceil((codes.length * 3) / 8));
  codes.forEach((code, index) => {
    for (let bit = 0; bit < 3; bit++) {
      const at = index * 3 + bit;
      if (code & (1 << bit)) bytes[at >> 3]! |= 1 << (at & 7);
    }
  });
  return bytes;
}

function subBlocks(bytes: Buffer): Buffer {
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.subarray(at, at + 255);
    blocks.push(Buffer.from([block.length]), block);
  }
  return Buffer.concat(blocks);
}

function gifs(): readonly CorpusFile[] {
  return [
    picture('old.gif', gif('87a', 1, false)),
    picture('still.gif', gif('89a', 1, false)),
    picture('transparent.gif', gif('89a', 1, true)),
    picture('animated.gif', gif('89a', 3, false)),
  ];
}

/** An icon with a PNG inside. */
function ico(): Buffer {
  const inside = png(6, 4, 8, false);
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(1, 4);
  header.set([WIDTH, HEIGHT, 0, 0, 1, 0, 32, 0], 6);
  header.writeUInt32LE(inside.length, 14);
  header.writeUInt32LE(22, 18);
  return Buffer.concat([header, inside]);
}

const SVG = 'xmlns="http://www.w3.org/2000/svg"';

const SVGS: Readonly<Record<string, string>> = {
  sized: `<svg ${SVG} width="40" height="20"><rect width="40" height="20" fill="teal"/></svg>`,
  'view box only': `<svg ${SVG} viewBox="0 0 40 20"><circle cx="20" cy="10" r="9"/></svg>`,
  'without a size': `<svg ${SVG}><circle cx="20" cy="10" r="9"/></svg>`,
  percentages: `<svg ${SVG} width="100%" height="100%" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>`,
  prolog: `<?xml version="1.0" encoding="utf-8"?>\n<!-- drawn -->\n<svg ${SVG} width="9" height="9"><path d="M0 0h9v9z"/></svg>`,
  styled: `<svg ${SVG} width="9" height="9"><style>path { fill: teal }</style><path d="M0 0h9v9z"/></svg>`,
  gradient: `<svg ${SVG} width="9" height="9"><defs><linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1"/></linearGradient></defs><path fill="url(#g)" d="M0 0h9v9z"/></svg>`,
  reused: `<svg ${SVG} width="9" height="9"><defs><path id="p" d="M0 0h9v9z"/></defs><use href="#p"/></svg>`,
  text: `<svg ${SVG} width="99" height="20"><text x="2" y="15">Grüße 😀</text></svg>`,
  filtered: `<svg ${SVG} width="9" height="9"><filter id="f"><feGaussianBlur stdDeviation="1"/></filter><path filter="url(#f)" d="M0 0h9v9z"/></svg>`,
  animated: `<svg ${SVG} width="9" height="9"><circle r="4"><animate attributeName="r" from="1" to="4" dur="1s"/></circle></svg>`,
};

/** 2 × 2 pixels, written by a browser's canvas. */
const JPEG =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAARCAACAAIDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDiaKKK+ZP3E//Z';

/** Pictures of every format that browsers show, and some that they do not. */
export function pictures(): readonly CorpusFile[] {
  return [
    ...pngs(),
    ...bmps(),
    ...gifs(),
    picture('icon.ico', ico()),
    ...Object.entries(SVGS).map(([name, content]) => picture(`${name}.svg`, Buffer.from(content))),
    picture('photo.jpg', Buffer.from(JPEG, 'base64')),
    picture('photo.jpeg', Buffer.from(JPEG, 'base64')),
    picture('photo.jfif', Buffer.from(JPEG, 'base64')),
    picture('named by mistake.png', Buffer.from(JPEG, 'base64')),
    ...['cut.png', 'cut.jpg', 'cut.gif', 'cut.webp', 'cut.bmp', 'cut.avif', 'scan.tiff', 'photo.heic'].map(
      (name) => refused(name, 'no picture', ELSEWHERE),
    ),
    refused('cut.svg', '<svg', ELSEWHERE),
  ];
}

function picture(name: string, content: Buffer): CorpusFile {
  return { name, content, shows: 'picture' };
}
