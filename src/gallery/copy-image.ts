import { extensionOf } from '../base/file-kind';
import { copyRichText } from '../ui/copy-text';
import type { Attachments } from './attachments';
import type { AttachedFile } from './model/attached-file';
import { imageHtml, imageUrl } from './model/file-links';

/** Format of a copied image: its pixels, or HTML with its address only. */
export type CopiedImage = 'pixels' | 'html';

/** Largest image to copy, in pixels. Each takes 4 bytes of memory, twice. */
const MAX_PIXELS = 40_000_000;

/** Whether a file can be copied as an image. SVG has no pixels, and would run as HTML of ours. */
export function isCopyableImage({ kind, name }: Pick<AttachedFile, 'kind' | 'name'>): boolean {
  return kind === 'image' && extensionOf(name) !== 'svg';
}

/** Whether this browser can copy images at all. */
export function canCopyImages(): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- last resort where the Clipboard API is refused
  return canWriteImages() || ('queryCommandSupported' in document && document.queryCommandSupported('copy'));
}

function canWriteImages(): boolean {
  return typeof ClipboardItem === 'function' && 'clipboard' in navigator;
}

/**
 * Copies an image to the clipboard, as PNG and HTML where the browser allows it, otherwise as HTML. Must be called in a
 * click or key handler.
 *
 * @returns The copied format; `undefined` if the browser refuses both.
 */
export async function copyImage(
  file: AttachedFile,
  readBytes: Attachments['readBytes'],
): Promise<CopiedImage | undefined> {
  const controller = new AbortController();
  const html = imageHtml(file);
  try {
    // Without the promise, Safari would forget the click that allows the write.
    const png = readBytes(file, controller.signal).then(toPng);
    png.catch(() => undefined);
    await navigator.clipboard.write([
      new ClipboardItem({ 'image/png': png, 'text/html': new Blob([html], { type: 'text/html' }) }),
    ]);
    return 'pixels';
  } catch {
    controller.abort();
    return copyRichText({ text: imageUrl(file), html }) ? 'html' : undefined;
  }
}

/** @throws Error when the browser cannot decode the image, or it is too large. */
async function toPng(bytes: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(bytes);
  try {
    const { width, height } = bitmap;
    if (width * height > MAX_PIXELS) throw new Error('The image is too large to copy.');
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (png) => (png ? resolve(png) : reject(new Error('The image cannot be encoded.'))),
        'image/png',
      ),
    );
  } finally {
    bitmap.close();
  }
}
