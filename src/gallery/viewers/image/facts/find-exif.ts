import { findExifItem } from './find-exif-item';
import type { ByteRange, Slices } from './slices';
import { nameAt } from './slices';

/** Mark before Exif data in a JPEG, and by mistake of some programs elsewhere. */
const EXIF_MARK = 'Exif\0\0';

/** Length of the mark of a PNG, in bytes. */
const PNG_MARK_BYTES = 8;

/**
 * Finds Exif data in a JPEG, PNG, WebP, HEIC, AVIF or TIFF, by their content. It begins with a TIFF header. `undefined` without.
 *
 * @throws RangeError for a damaged file.
 */
export async function findExif(file: Slices): Promise<ByteRange | undefined> {
  const header = await file.read(0, 12);
  if (header.getUint16(0) === 0xffd8) return findInJpeg(file);
  if (header.getUint32(0) === 0x89504e47) return findInPng(file);
  const name = nameAt(header, 0);
  if (name === 'RIFF' && nameAt(header, 8) === 'WEBP') return findInWebp(file);
  if (nameAt(header, 4) === 'ftyp') {
    const item = await findExifItem(file);
    return item && withoutMark(file, item);
  }
  return name === 'II*\0' || name === 'MM\0*' ? { at: 0, length: file.size } : undefined;
}

/** Segments with a length each, up to the start of the picture. */
async function findInJpeg(file: Slices): Promise<ByteRange | undefined> {
  for (let at = 2; ;) {
    const segment = await file.read(at, 4);
    const marker = segment.getUint16(0);
    // Start of the picture, its end, or no segment.
    if (marker === 0xffda || marker === 0xffd9 || marker < 0xff00) return undefined;
    if (marker === 0xffff) {
      // A fill byte.
      at++;
      continue;
    }
    const length = segment.getUint16(2);
    if (marker === 0xffe1 && length >= 8 && nameAt(await file.read(at + 4, 6), 0, 6) === EXIF_MARK)
      return { at: at + 10, length: length - 8 };
    at += 2 + Math.max(2, length);
  }
}

async function findInPng(file: Slices): Promise<ByteRange | undefined> {
  for (let at = PNG_MARK_BYTES; at + 8 <= file.size;) {
    const chunk = await file.read(at, 8);
    const length = chunk.getUint32(0);
    const name = nameAt(chunk, 4);
    if (name === 'eXIf') return withoutMark(file, { at: at + 8, length });
    if (name === 'IEND') return undefined;
    at += 12 + length;
  }
  return undefined;
}

async function findInWebp(file: Slices): Promise<ByteRange | undefined> {
  for (let at = 12; at + 8 <= file.size;) {
    const chunk = await file.read(at, 8);
    const length = chunk.getUint32(4, true);
    if (nameAt(chunk, 0) === 'EXIF') return withoutMark(file, { at: at + 8, length });
    // Chunks have an even length.
    at += 8 + length + (length % 2);
  }
  return undefined;
}

async function withoutMark(file: Slices, { at, length }: ByteRange): Promise<ByteRange> {
  const hasMark = length >= 6 && nameAt(await file.read(at, 6), 0, 6) === EXIF_MARK;
  return hasMark ? { at: at + 6, length: length - 6 } : { at, length };
}
