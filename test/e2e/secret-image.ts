import { randomBytes } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import { expect } from './fixtures';
import type { Keys } from './keys';

/** Size of the image, in pixels. */
export const SIZE = { width: 320, height: 200 };

/** The part with the secret: random pixels in the middle. */
export const SECRET = { left: 120, top: 80, width: 80, height: 40 };

/** Length of a piece of the original to look for, in bytes. Random: it occurs nowhere else. */
const PIECE = 16;

/** An image with random pixels in its middle. */
export async function screenshot(): Promise<Buffer> {
  const { left, top, ...size } = SECRET;
  const noise = sharp(randomBytes(size.width * size.height * 3), { raw: { ...size, channels: 3 } });
  const background = { r: 240, g: 240, b: 240 };
  return sharp({ create: { ...SIZE, channels: 3, background } })
    .composite([{ input: await noise.png().toBuffer(), left, top }])
    .png()
    .toBuffer();
}

/** Whether one of the texts has a piece of the random pixels. The other parts of two images can be equal. */
export function hasPieceOf(image: Buffer, texts: readonly string[]): boolean {
  const everything = texts.join('\n');
  for (let at = Math.floor(image.length / 4); at < (image.length * 3) / 4; at += 200)
    if (everything.includes(image.toString('latin1', at, at + PIECE))) return true;
  return false;
}

/** All that a page and its frames keep in databases, caches and folders, as one text of bytes. */
export async function stored(page: Page): Promise<string> {
  const texts = await Promise.all(
    page.frames().map((frame) =>
      frame.evaluate(async () => {
        const found: string[] = [];
        // A sandboxed frame has no storage.
        if (self.origin === 'null') return '';
        const read = async (value: unknown): Promise<void> => {
          if (value instanceof Blob) value = await value.arrayBuffer();
          if (value instanceof ArrayBuffer) value = new Uint8Array(value);
          if (value instanceof Uint8Array)
            found.push(Array.from(value, (byte) => String.fromCharCode(byte)).join(''));
          else if (value instanceof Map || value instanceof Set) for (const each of value) await read(each);
          else if (typeof value === 'object' && value !== null)
            for (const each of Object.values(value)) await read(each);
          else found.push(String(value));
        };
        const readFolder = async (folder: FileSystemDirectoryHandle): Promise<void> => {
          for await (const entry of (
            folder as unknown as { values(): AsyncIterable<FileSystemHandle> }
          ).values())
            if (entry.kind === 'file') await read(await (entry as FileSystemFileHandle).getFile());
            else await readFolder(entry as FileSystemDirectoryHandle);
        };
        const result = <T>(request: IDBRequest<T>): Promise<T> =>
          new Promise((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error ?? new Error('No result.'));
          });
        for (const { name } of await indexedDB.databases()) {
          const database = await result(indexedDB.open(name ?? ''));
          for (const store of database.objectStoreNames)
            await read(await result(database.transaction(store).objectStore(store).getAll()));
          database.close();
        }
        for (const name of await caches.keys()) {
          const cache = await caches.open(name);
          for (const request of await cache.keys()) await read(await (await cache.match(request))?.blob());
        }
        await readFolder(await navigator.storage.getDirectory());
        await read(JSON.stringify(localStorage));
        return found.join('\n');
      }),
    ),
  );
  return texts.join('\n');
}

/** Moves the first redaction of an editor above the secret, with the keyboard. It must be selected. */
export async function coverSecret(keys: Keys, page: Page, editor: Locator): Promise<void> {
  for (const [label, value] of Object.entries({
    'From the left': SECRET.left,
    'From the top': SECRET.top,
    Width: SECRET.width,
    Height: SECRET.height,
  })) {
    await keys.tabTo(editor.getByRole('spinbutton', { name: label }));
    await page.keyboard.press('Control+a');
    await keys.type(String(value));
  }
  await expect(editor.getByRole('status')).toHaveText('Redaction 1: 120, 80, 80 × 40');
}
