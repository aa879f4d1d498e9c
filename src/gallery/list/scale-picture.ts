import { extensionOf } from '../../base/file-kind';

/** Longest side of a thumbnail, in pixels: enough for a card at a device pixel ratio of 2. */
const MAX_SIDE = 320;

/**
 * Scales an image down to a thumbnail. Browsers decode and encode off the main thread. An SVG file is returned as it is:
 * in an `<img>` it cannot run scripts or load resources.
 *
 * @throws DOMException when the browser cannot decode the image.
 */
export async function scalePicture(picture: Blob, { name }: { readonly name: string }): Promise<Blob> {
  if (extensionOf(name) === 'svg') return new Blob([picture], { type: 'image/svg+xml' });
  const bitmap = await createImageBitmap(picture);
  const factor = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * factor)));
  const canvas = new OffscreenCanvas(width ?? 1, height ?? 1);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
}
