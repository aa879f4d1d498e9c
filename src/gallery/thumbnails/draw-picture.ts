import { encodeScaled, MAX_SIDE } from './canvas';
import type { ImageSize } from '../viewers/image/image-size';
import { readImageSize } from '../viewers/image/image-size';

/** Maximum number of pixels to decode, at 4 bytes each: the cameras of most phones have fewer. */
const MAX_PIXELS = 50_000_000;

/**
 * Scales a picture down to a thumbnail.
 *
 * @throws Error if it is no picture, or has too many pixels.
 */
export async function drawPicture(picture: Blob): Promise<Blob> {
  const size = await readImageSize(picture);
  if (!size || !(size.width > 0 && size.height > 0) || size.width * size.height > MAX_PIXELS)
    throw new Error('The picture is unreadable or too large.');
  const bitmap = await decode(picture, size);
  try {
    return await encodeScaled(bitmap, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

/**
 * Decodes a picture at about the size of a thumbnail. Only the width is given, so that the shape stays, and it fits
 * either side, since the orientation is applied first.
 */
async function decode(picture: Blob, { width, height }: ImageSize): Promise<ImageBitmap> {
  const resizeWidth = Math.min(width, height, MAX_SIDE);
  if (Math.max(width, height) > MAX_SIDE)
    try {
      return await createImageBitmap(picture, { resizeWidth, resizeQuality: 'high' });
    } catch {
      // A browser without these options, or a damaged picture.
    }
  return createImageBitmap(picture);
}
