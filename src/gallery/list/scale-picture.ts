import { extensionOf } from '../../model/file-kind';

/** Longest side of a small picture, in pixels: enough for a card on a screen of twice the density. */
const SIDE = 320;

/**
 * A small picture of a picture. Browsers decode and encode it beside the main thread. A vector graphic stays what it
 * is: shown as an image, it can neither run anything nor load anything.
 *
 * @throws DOMException where the bytes are no picture that the browser knows.
 */
export async function scalePicture(picture: Blob, { name }: { readonly name: string }): Promise<Blob> {
  if (extensionOf(name) === 'svg') return new Blob([picture], { type: 'image/svg+xml' });
  const bitmap = await createImageBitmap(picture);
  const factor = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * factor)));
  const canvas = new OffscreenCanvas(width ?? 1, height ?? 1);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
}
