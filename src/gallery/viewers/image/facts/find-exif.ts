import { findExifItem } from './find-exif-item';
import { partsOf } from './parts';
import type { ByteRange, Slices } from './slices';
import { nameAt } from './slices';

/** Mark before Exif data in a JPEG, and by mistake of some programs elsewhere. */
const EXIF_MARK = 'Exif\0\0';

/**
 * Finds Exif data in a JPEG, PNG, WebP, HEIC, AVIF or TIFF, by their content. It begins with a TIFF header. `undefined` without.
 *
 * @throws RangeError for a damaged file.
 */
export async function findExif(file: Slices): Promise<ByteRange | undefined> {
  const header = await file.read(0, 12);
  if (nameAt(header, 4) === 'ftyp') {
    const item = await findExifItem(file);
    return item && withoutMark(file, item);
  }
  if (['II*\0', 'MM\0*'].includes(nameAt(header, 0))) return { at: 0, length: file.size };
  for await (const part of partsOf(file)) {
    if (['eXIf', 'EXIF'].includes(part.name)) return withoutMark(file, part);
    // Other segments with this name have other marks.
    if (part.name === 'APP1' && (await hasMark(file, part))) return withoutMark(file, part);
  }
  return undefined;
}

async function withoutMark(file: Slices, place: ByteRange): Promise<ByteRange> {
  const { at, length } = place;
  return (await hasMark(file, place)) ? { at: at + 6, length: length - 6 } : { at, length };
}

async function hasMark(file: Slices, { at, length }: ByteRange): Promise<boolean> {
  return length >= 6 && nameAt(await file.read(at, 6), 0, 6) === EXIF_MARK;
}
