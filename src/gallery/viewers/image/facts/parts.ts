import type { ByteRange, Slices } from './slices';
import { nameAt } from './slices';

/** Part of a picture, without its header. */
export interface PicturePart extends ByteRange {
  /** Name of a chunk, or `APP1` for such a segment of a JPEG. */
  readonly name: string;
}

/** Length of the mark of a PNG, in bytes. */
const PNG_MARK_BYTES = 8;

/**
 * Returns the parts of a JPEG up to the start of the picture, and all parts of a PNG or WebP. Others have none.
 *
 * @throws RangeError for a damaged file.
 */
export async function* partsOf(file: Slices): AsyncGenerator<PicturePart> {
  const header = await file.read(0, 12);
  if (header.getUint16(0) === 0xffd8) yield* partsOfJpeg(file);
  else if (header.getUint32(0) === 0x89504e47) yield* partsOfPng(file);
  else if (nameAt(header, 0) === 'RIFF' && nameAt(header, 8) === 'WEBP') yield* partsOfWebp(file);
}

/** Segments with a length each. */
async function* partsOfJpeg(file: Slices): AsyncGenerator<PicturePart> {
  for (let at = 2; ;) {
    const segment = await file.read(at, 4);
    const marker = segment.getUint16(0);
    // Start of the picture, its end, or no segment.
    if (marker === 0xffda || marker === 0xffd9 || marker < 0xff00) return;
    if (marker === 0xffff) {
      // A fill byte.
      at++;
      continue;
    }
    const length = Math.max(2, segment.getUint16(2));
    if (marker === 0xffe1) yield { name: 'APP1', at: at + 4, length: length - 2 };
    at += 2 + length;
  }
}

async function* partsOfPng(file: Slices): AsyncGenerator<PicturePart> {
  for (let at = PNG_MARK_BYTES; at + 8 <= file.size;) {
    const chunk = await file.read(at, 8);
    const length = chunk.getUint32(0);
    const name = nameAt(chunk, 4);
    if (name === 'IEND') return;
    yield { name, at: at + 8, length };
    at += 12 + length;
  }
}

async function* partsOfWebp(file: Slices): AsyncGenerator<PicturePart> {
  for (let at = 12; at + 8 <= file.size;) {
    const chunk = await file.read(at, 8);
    const length = chunk.getUint32(4, true);
    yield { name: nameAt(chunk, 0), at: at + 8, length };
    // Chunks have an even length.
    at += 8 + length + (length % 2);
  }
}
