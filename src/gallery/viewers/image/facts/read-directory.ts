import { decodeText } from '../../../../base/decode-text';
import type { ByteRange, Slices } from './slices';

/** Values of wanted tags in a directory of Exif data. Numbers may not be finite. */
export type Directory = ReadonlyMap<number, string | readonly number[]>;

/** Maximum number of tags in a directory. Programs write a few dozen. */
const MAX_TAGS = 500;

/** Maximum length of a text, in bytes. The rest is cut off. */
const MAX_TEXT_BYTES = 8 * 1024;

/** Maximum number of numbers in a value. */
const MAX_NUMBERS = 16;

/** Types of values: text, also in UTF-8 as of Exif 3.0. */
const TEXT_TYPES = [2, 129];

interface NumberType {
  readonly bytes: number;
  readonly read: (data: DataView, at: number, isLittle: boolean) => number;
}

const NUMBER_TYPES: ReadonlyMap<number, NumberType> = new Map([
  [1, { bytes: 1, read: (data, at) => data.getUint8(at) }],
  [3, { bytes: 2, read: (data, at, isLittle) => data.getUint16(at, isLittle) }],
  [4, { bytes: 4, read: (data, at, isLittle) => data.getUint32(at, isLittle) }],
  [
    5,
    {
      bytes: 8,
      read: (data, at, isLittle) => data.getUint32(at, isLittle) / data.getUint32(at + 4, isLittle),
    },
  ],
  [
    10,
    { bytes: 8, read: (data, at, isLittle) => data.getInt32(at, isLittle) / data.getInt32(at + 4, isLittle) },
  ],
]);

/** Exif data with a valid header. Source of the format: TIFF 6.0, section 2. */
export interface ExifData {
  readonly file: Slices;
  readonly place: ByteRange;
  readonly isLittle: boolean;
  /** Offset of the first directory. */
  readonly first: number;
}

/** Opens Exif data. `undefined` without a valid header. @throws RangeError for damaged data. */
export async function openExif(file: Slices, place: ByteRange): Promise<ExifData | undefined> {
  const header = await file.read(place.at, 8);
  const order = header.getUint16(0);
  const isLittle = order === 0x4949;
  if ((!isLittle && order !== 0x4d4d) || header.getUint16(2, isLittle) !== 42) return undefined;
  return { file, place, isLittle, first: header.getUint32(4, isLittle) };
}

/**
 * Reads a directory. Values that are damaged or of another type are left out.
 *
 * @param offset From the start of the Exif data, in bytes.
 * @throws RangeError if the directory itself is damaged.
 */
export async function readDirectory(
  data: ExifData,
  offset: number,
  wanted: ReadonlySet<number>,
): Promise<Directory> {
  const values = new Map<number, string | readonly number[]>();
  const count = (await partOf(data, offset, 2)).getUint16(0, data.isLittle);
  const entries = await partOf(data, offset + 2, Math.min(count, MAX_TAGS) * 12);
  for (let at = 0; at < entries.byteLength; at += 12) {
    const tag = entries.getUint16(at, data.isLittle);
    if (!wanted.has(tag) || values.has(tag)) continue;
    const value = await readValue(data, entries, at);
    if (value !== undefined) values.set(tag, value);
  }
  return values;
}

async function readValue(data: ExifData, entries: DataView, at: number) {
  const { isLittle } = data;
  const type = entries.getUint16(at + 2, isLittle);
  const count = entries.getUint32(at + 4, isLittle);
  const numbers = NUMBER_TYPES.get(type);
  const isText = TEXT_TYPES.includes(type);
  if (!numbers && !isText) return undefined;
  const length = numbers ? Math.min(count, MAX_NUMBERS) * numbers.bytes : Math.min(count, MAX_TEXT_BYTES);
  try {
    // Up to four bytes are in the entry itself.
    const value =
      length <= 4
        ? new DataView(entries.buffer, entries.byteOffset + at + 8, length)
        : await partOf(data, entries.getUint32(at + 8, isLittle), length);
    if (!numbers) return textOf(value);
    return Array.from({ length: length / numbers.bytes }, (_, index) =>
      numbers.read(value, index * numbers.bytes, isLittle),
    );
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function partOf({ file, place }: ExifData, offset: number, length: number): Promise<DataView> {
  if (offset + length > place.length) throw new RangeError('Not within the Exif data.');
  return file.read(place.at + offset, length);
}

/** Some programs end a text with several zeros or spaces, some with none. */
function textOf({ buffer, byteOffset, byteLength }: DataView): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const end = bytes.indexOf(0);
  return decodeText(end < 0 ? bytes : bytes.subarray(0, end)).trim();
}
