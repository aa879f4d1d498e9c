/** Size of a picture in pixels, without its orientation. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Bytes to read of the header. Profiles and previews of a camera come before the size in a JPEG. */
const HEADER_BYTES = 512 * 1024;

/** Reads the size from the header of a PNG, JPEG, GIF, WebP, BMP, AVIF, HEIC or ICO; `undefined` for any other file. */
export async function readImageSize(picture: Blob): Promise<ImageSize | undefined> {
  const bytes = new DataView(await picture.slice(0, HEADER_BYTES).arrayBuffer());
  try {
    return sizeIn(bytes);
  } catch (error) {
    // The file ends within its header.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function sizeIn(bytes: DataView): ImageSize | undefined {
  if (bytes.getUint32(0) === 0x89504e47) return { width: bytes.getUint32(16), height: bytes.getUint32(20) };
  if (bytes.getUint16(0) === 0xffd8) return jpegSize(bytes);
  const mark = textAt(bytes, 0, 4);
  if (mark === 'GIF8') return { width: bytes.getUint16(6, true), height: bytes.getUint16(8, true) };
  if (mark === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP') return webpSize(bytes);
  if (mark.startsWith('BM'))
    return { width: bytes.getInt32(18, true), height: Math.abs(bytes.getInt32(22, true)) };
  if (textAt(bytes, 4, 4) === 'ftyp') return largestExtent(bytes);
  // An icon has at most 256 pixels per side.
  return bytes.getUint32(0) === 0x00000100 ? { width: 256, height: 256 } : undefined;
}

/** Looks for the start of the frame, after segments with a length each. */
function jpegSize(bytes: DataView): ImageSize | undefined {
  for (let at = 2; ;) {
    if (bytes.getUint8(at) !== 0xff) return undefined;
    const marker = bytes.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: bytes.getUint16(at + 7), height: bytes.getUint16(at + 5) };
    // Fill bytes and markers without a length.
    const isBare = marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += isBare ? (marker === 0xff ? 1 : 2) : 2 + bytes.getUint16(at + 2);
  }
}

function webpSize(bytes: DataView): ImageSize | undefined {
  const int24 = (at: number): number => bytes.getUint16(at, true) | (bytes.getUint8(at + 2) << 16);
  switch (textAt(bytes, 12, 4)) {
    case 'VP8X':
      return { width: int24(24) + 1, height: int24(27) + 1 };
    case 'VP8L': {
      const bits = bytes.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      return { width: bytes.getUint16(26, true) & 0x3fff, height: bytes.getUint16(28, true) & 0x3fff };
    default:
      return undefined;
  }
}

/** AVIF and HEIC: a picture can have tiles and a preview, each with its extent. */
function largestExtent(bytes: DataView): ImageSize | undefined {
  let largest: ImageSize | undefined;
  for (let at = 8; at + 16 <= bytes.byteLength; at++) {
    // `ispe`
    if (bytes.getUint32(at) !== 0x69737065) continue;
    const size = { width: bytes.getUint32(at + 8), height: bytes.getUint32(at + 12) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}

function textAt(bytes: DataView, at: number, length: number): string {
  return Array.from({ length }, (_, index) => String.fromCharCode(bytes.getUint8(at + index))).join('');
}
