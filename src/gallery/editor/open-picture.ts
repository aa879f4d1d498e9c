import { readImageSize } from '../viewers/image/image-size';
import { isVector } from '../viewers/image/image-source';
import { EditorProblem } from './editor-problem';
import { keepsPixels } from './flatten';
import { isAnimated } from './is-animated';

/** Maximum number of pixels of an image to edit. Each takes 4 bytes, in the image and in the result. */
export const MAX_PIXELS = 40_000_000;

/**
 * Decodes an image for the editor, turned as its orientation says.
 *
 * @returns The pixels. The caller closes them.
 * @throws EditorProblem if it cannot be edited, with the reason.
 */
export async function openPicture(bytes: Blob, name: string): Promise<ImageBitmap> {
  if (isVector(name)) throw new EditorProblem('vector');
  const size = await readImageSize(bytes);
  // Without a known size, it might be too large to decode: a TIFF, for example.
  if (!size || !(size.width > 0 && size.height > 0)) throw new EditorProblem('undecodable');
  if (size.width * size.height > MAX_PIXELS) throw new EditorProblem('too-many-pixels');
  if (isAnimated(new Uint8Array(await bytes.arrayBuffer()))) throw new EditorProblem('animated');
  if (!keepsPixels()) throw new EditorProblem('pixels-changed');
  try {
    return await createImageBitmap(bytes);
  } catch (error) {
    throw new EditorProblem('undecodable', { cause: error });
  }
}
