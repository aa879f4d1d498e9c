import type { ReadonlyStore } from '../base/store';
import { createStateStore } from '../base/store';
import type { AttachedFile } from './attached-file';
import { keyOfFile } from './attached-file';

/** A small picture of a file. */
export type Thumbnail =
  | { readonly status: 'loading' }
  /** An object URL; it holds until the thumbnail is gone from the store. */
  | { readonly status: 'ready'; readonly url: string }
  /** There is none of this file, and asking again would not help. */
  | { readonly status: 'none' };

/** By key of the file. */
export type ThumbnailsByKey = ReadonlyMap<string, Thumbnail>;

/** Small pictures of those files that are on the screen. */
export interface Thumbnails extends ReadonlyStore<ThumbnailsByKey> {
  /**
   * These files are on the screen now, in the order in which they are wanted. What others are being loaded is aborted;
   * what was loaded is kept as long as there is room.
   */
  readonly show: (files: readonly AttachedFile[]) => void;
  /** Lets go of all pictures. */
  readonly clear: () => void;
}

/** What they are made of. */
export interface ThumbnailsOptions {
  /** The bytes of a file. Rejects when they cannot be read, or after an abort. */
  readonly load: (file: AttachedFile, signal: AbortSignal) => Promise<Blob>;
  /** Makes it small. Rejects where it is no picture after all. */
  readonly scale: (picture: Blob, file: AttachedFile) => Promise<Blob>;
  /** So many bytes of pictures may be kept that are not on the screen. */
  readonly budgetBytes: number;
  /** `URL.createObjectURL` and its counterpart. */
  readonly createUrl: (picture: Blob) => string;
  readonly revokeUrl: (url: string) => void;
}

/** So many are loaded side by side: what a person waits for more is not to be held up. */
const AT_ONCE = 2;

/** Larger pictures are not read only to be looked at from afar, in bytes. */
const LARGEST = 24 * 1024 * 1024;

/** Whether a file may have a thumbnail. */
function canHaveThumbnail({ kind, size = 0 }: AttachedFile): boolean {
  return kind === 'image' && size <= LARGEST;
}

/** None at first. */
export function createThumbnails(options: ThumbnailsOptions): Thumbnails {
  const { load, scale, budgetBytes, createUrl, revokeUrl } = options;
  const store = createStateStore<ThumbnailsByKey>(new Map());
  /** Sizes of those that are ready, the one that was not on the screen for the longest time first. */
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

  function loadMore(): void {
    for (const file of shown) {
      if (underWay.size >= AT_ONCE) return;
      const key = keyOfFile(file);
      if (!store.getSnapshot().has(key)) void loadOne(key, file);
    }
  }

  async function loadOne(key: string, file: AttachedFile): Promise<void> {
    const controller = new AbortController();
    underWay.set(key, controller);
    set(key, { status: 'loading' });
    let thumbnail: Thumbnail = { status: 'none' };
    try {
      const picture = await scale(await load(file, controller.signal), file);
      if (!controller.signal.aborted) {
        sizes.set(key, picture.size);
        thumbnail = { status: 'ready', url: createUrl(picture) };
      }
    } catch {
      // Whoever looks at the list is told by its icon; the preview says why.
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

    show(files) {
      shown = files.filter(canHaveThumbnail);
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
