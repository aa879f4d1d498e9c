import type { ByteRange, Slices } from './slices';
import { nameAt } from './slices';

/** A box of a HEIC or AVIF (ISO 14496-12), without its header. */
interface Box {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Maximum length of the description of all items, in bytes. It has about 50 bytes for each tile of a picture. */
const MAX_META_BYTES = 1024 * 1024;

/** Maximum number of boxes in the file and in its description. */
const MAX_BOXES = 1_000;

/** Finds the item with Exif data in a HEIC or AVIF. Sources: ISO 14496-12, 8.11; ISO 23008-12, A.2.1. */
export async function findExifItem(file: Slices): Promise<ByteRange | undefined> {
  const meta = await findMeta(file);
  if (!meta || meta.end - meta.start > MAX_META_BYTES) return undefined;
  const bytes = await file.read(meta.start, meta.end - meta.start);
  // After version and flags.
  const boxes = boxesIn(bytes, 4, bytes.byteLength);
  const infos = boxes.find(({ name }) => name === 'iinf');
  const places = boxes.find(({ name }) => name === 'iloc');
  const id = infos && exifId(bytes, infos);
  const place = id !== undefined && places && placeOf(bytes, places, id);
  if (!place) return undefined;
  const { method, at: offset, length } = place;
  const data = boxes.find(({ name }) => name === 'idat');
  if (method > 1 || (method === 1 && !data)) return undefined;
  const at = method === 1 && data ? meta.start + data.start + offset : offset;
  // The item begins with the offset of the TIFF header.
  const skipped = 4 + (await file.read(at, 4)).getUint32(0);
  return { at: at + skipped, length: length - skipped };
}

async function findMeta(file: Slices): Promise<Box | undefined> {
  let at = 0;
  for (let count = 0; count < MAX_BOXES && at + 8 <= file.size; count++) {
    const box = boxAt(await file.read(at, Math.min(16, file.size - at)), 0, file.size - at);
    if (box.name === 'meta') return { name: box.name, start: at + box.start, end: at + box.end };
    at += box.end;
  }
  return undefined;
}

function boxesIn(bytes: DataView, start: number, end: number): readonly Box[] {
  const boxes: Box[] = [];
  for (let at = start; at + 8 <= end && boxes.length < MAX_BOXES; at = boxes.at(-1)?.end ?? end)
    boxes.push(boxAt(bytes, at, end));
  return boxes;
}

/** @param limit End of the parent. */
function boxAt(bytes: DataView, at: number, limit: number): Box {
  const size = bytes.getUint32(at);
  // 1: the size follows in 64 bits. 0: the box is the last one.
  const isLong = size === 1;
  const length = isLong ? Number(bytes.getBigUint64(at + 8)) : size === 0 ? limit - at : size;
  const start = at + (isLong ? 16 : 8);
  const end = at + length;
  if (end < start || end > limit) throw new RangeError('A box is longer than its parent.');
  return { name: nameAt(bytes, at + 4), start, end };
}

/** Returns the number of the item with Exif data. */
function exifId(bytes: DataView, { start, end }: Box): number | undefined {
  const version = bytes.getUint8(start);
  for (const item of boxesIn(bytes, start + (version === 0 ? 6 : 8), end)) {
    const itemVersion = bytes.getUint8(item.start);
    if (item.name !== 'infe' || itemVersion < 2) continue;
    const isWide = itemVersion > 2;
    if (nameAt(bytes, item.start + (isWide ? 10 : 8)) !== 'Exif') continue;
    return isWide ? bytes.getUint32(item.start + 4) : bytes.getUint16(item.start + 4);
  }
  return undefined;
}

/** Returns the first extent of an item. `method`: 0 in the file, 1 in the box `idat`. */
function placeOf(
  bytes: DataView,
  { start, end }: Box,
  wanted: number,
): (ByteRange & { readonly method: number }) | undefined {
  const version = bytes.getUint8(start);
  const sizes = bytes.getUint16(start + 4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 0 ? 0 : sizes & 15;
  let at = start + 6;
  const next = (size: number): number => {
    const value = size === 0 ? 0 : size === 2 ? bytes.getUint16(at) : size === 4 ? bytes.getUint32(at) : NaN;
    const result = size === 8 ? Number(bytes.getBigUint64(at)) : value;
    at += size;
    return result;
  };
  const wide = version < 2 ? 2 : 4;
  const count = next(wide);
  for (let item = 0; item < count && at < end; item++) {
    const id = next(wide);
    const method = version === 0 ? 0 : next(2) & 15;
    at += 2;
    const base = next(baseSize);
    const extents = next(2);
    next(indexSize);
    const place = { method, at: base + next(offsetSize), length: next(lengthSize) };
    if (id === wanted) return place;
    at += Math.max(0, extents - 1) * (indexSize + offsetSize + lengthSize);
  }
  return undefined;
}
