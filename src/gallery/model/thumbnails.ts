import { extensionOf } from '../../base/file-kind';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { AttachedFile } from './attached-file';
import { keyOfFile } from './attached-file';

/** Longest side of a thumbnail, in pixels: enough for a card at a device pixel ratio of 2. */
const MAX_SIDE = 320;

/**
 * Scales an image down to a thumbnail. Browsers decode and encode off the main thread.
 *
 * @throws DOMException when the browser cannot decode the image.
 */
export async function scalePicture(picture: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(picture);
  const factor = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * factor)));
  return drawThumbnail(bitmap, width ?? 1, height ?? 1);
}

const FORMAT = { type: 'image/webp', quality: 0.8 };

/** Draws on a canvas element, on the main thread, if the browser has no `OffscreenCanvas` or blocks it. */
async function drawThumbnail(bitmap: ImageBitmap, width: number, height: number): Promise<Blob> {
  try {
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
    return await canvas.convertToBlob(FORMAT);
  } catch {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('The thumbnail cannot be encoded.'))),
        FORMAT.type,
        FORMAT.quality,
      ),
    );
  } finally {
    bitmap.close();
  }
}

/** State of the thumbnail of one file. */
export type Thumbnail =
  | { readonly status: 'loading' }
  /** An object URL, valid until the thumbnail leaves the store. */
  | { readonly status: 'ready'; readonly url: string }
  /** Not available, and not worth a retry. */
  | { readonly status: 'none' };

/** Thumbnails by file key. */
export type ThumbnailsByKey = ReadonlyMap<string, Thumbnail>;

/** Thumbnails of the files on the screen. */
export interface Thumbnails extends ReadonlyStore<ThumbnailsByKey> {
  /**
   * Sets the files on the screen, in loading order. Aborts the loads of other files; keeps finished thumbnails within
   * the budget.
   *
   * @param maxBytes Maximum size of an image to read from the server. Default: `MAX_IMAGE_BYTES`.
   */
  readonly show: (files: readonly AttachedFile[], maxBytes?: number) => void;
  /** Releases all thumbnails. */
  readonly clear: () => void;
}

/** Dependencies of `createThumbnails`. */
export interface ThumbnailsOptions {
  /** Reads the bytes of a file from the server. Rejects on failure or abort. */
  readonly load: (file: AttachedFile, signal: AbortSignal) => Promise<Blob>;
  /** Returns the bytes of a file uploaded by this frame. Default: none. */
  readonly localFileOf?: ((attachmentId: string) => Blob | undefined) | undefined;
  /** Scales an image down. Rejects if the bytes are not an image. */
  readonly scale: (picture: Blob, file: AttachedFile) => Promise<Blob>;
  /** Budget for thumbnails off the screen, in bytes. */
  readonly budgetBytes: number;
  /** `URL.createObjectURL` and its counterpart. */
  readonly createUrl: (picture: Blob) => string;
  readonly revokeUrl: (url: string) => void;
}

/** Concurrent loads. Few, to leave bandwidth for the preview. */
const MAX_PARALLEL_LOADS = 2;

/** Maximum size of an image to load for a thumbnail, in bytes. */
const MAX_IMAGE_BYTES = 24 * 1024 * 1024;

/** Whether a file can have a thumbnail. An SVG file cannot: browsers draw it on the main thread, for minutes if it nests `use`. */
function canHaveThumbnail({ kind, name }: AttachedFile): boolean {
  return kind === 'image' && extensionOf(name) !== 'svg';
}

/** Creates an empty thumbnail store. */
export function createThumbnails(options: ThumbnailsOptions): Thumbnails {
  const { load, localFileOf = () => undefined, scale, budgetBytes, createUrl, revokeUrl } = options;
  const store = createStateStore<ThumbnailsByKey>(new Map());
  /** Sizes of the finished thumbnails, least recently shown first. */
  const sizes = new Map<string, number>();
  const underWay = new Map<string, AbortController>();
  let shown: readonly AttachedFile[] = [];

  function set(key: string, thumbnail: Thumbnail | undefined): void {
    store.setState((before) => {
      const after = new Map(before);
      if (thumbnail) after.set(key, thumbnail);
      else after.delete(key);
      return after;
    });
  }

  function drop(key: string): void {
    const thumbnail = store.getSnapshot().get(key);
    if (thumbnail?.status === 'ready') revokeUrl(thumbnail.url);
    sizes.delete(key);
    set(key, undefined);
  }

  function makeRoom(): void {
    const onScreen = new Set(shown.map(keyOfFile));
    const others = [...sizes].filter(([key]) => !onScreen.has(key));
    let used = others.reduce((sum, [, size]) => sum + size, 0);
    for (const [key, size] of others) {
      if (used <= budgetBytes) break;
      used -= size;
      drop(key);
    }
  }

  // Not a queue: the next file is chosen when a load ends, since the visible files change with every scroll.
  function loadMore(): void {
    for (const file of shown) {
      if (underWay.size >= MAX_PARALLEL_LOADS) return;
      const key = keyOfFile(file);
      if (!store.getSnapshot().has(key)) void loadOne(key, file);
    }
  }

  async function draw(file: AttachedFile, signal: AbortSignal): Promise<Blob> {
    const local = localFileOf(file.reference.id);
    // It may be gone from the disk by now.
    const drawn = local && (await scale(local, file).catch(() => undefined));
    return drawn ?? scale(await load(file, signal), file);
  }

  async function loadOne(key: string, file: AttachedFile): Promise<void> {
    const controller = new AbortController();
    underWay.set(key, controller);
    set(key, { status: 'loading' });
    let thumbnail: Thumbnail = { status: 'none' };
    try {
      const picture = await draw(file, controller.signal);
      if (!controller.signal.aborted) {
        sizes.set(key, picture.size);
        thumbnail = { status: 'ready', url: createUrl(picture) };
      }
    } catch {
      // The list shows an icon instead; the preview shows the reason.
    }
    if (controller.signal.aborted) return;
    underWay.delete(key);
    set(key, thumbnail);
    makeRoom();
    loadMore();
  }

  function abort(key: string): void {
    underWay.get(key)?.abort();
    underWay.delete(key);
    set(key, undefined);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    show(files, maxBytes = MAX_IMAGE_BYTES) {
      const isSmallEnough = ({ size = 0, reference }: AttachedFile): boolean =>
        size <= maxBytes || (size <= MAX_IMAGE_BYTES && localFileOf(reference.id) !== undefined);
      shown = files.filter((file) => canHaveThumbnail(file) && isSmallEnough(file));
      const onScreen = new Set(shown.map(keyOfFile));
      for (const key of [...underWay.keys()]) if (!onScreen.has(key)) abort(key);
      for (const key of onScreen) {
        const size = sizes.get(key);
        if (size === undefined) continue;
        sizes.delete(key);
        sizes.set(key, size);
      }
      makeRoom();
      loadMore();
    },

    clear() {
      shown = [];
      for (const key of [...underWay.keys()]) abort(key);
      for (const key of [...store.getSnapshot().keys()]) drop(key);
    },
  };
}
