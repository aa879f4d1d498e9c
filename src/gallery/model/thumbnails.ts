import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { AttachedFile } from './attached-file';
import { keyOfFile } from './attached-file';
import type { ReadLimits, ThumbnailPlace } from './thumbnail-limits';
import { maxCostOf, readLimitsOf } from './thumbnail-limits';

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
   */
  readonly show: (files: readonly AttachedFile[], place: ThumbnailPlace) => void;
  /** Releases the thumbnail of a file by its key: it can show what the person has just redacted. */
  readonly forget: (key: string) => void;
  /** Releases all thumbnails, for another list. */
  readonly clear: () => void;
}

/** Dependencies of `createThumbnails`. */
export interface ThumbnailsOptions {
  /**
   * Reads bytes of a file from the server, at most `maxCostOf`. Rejects on failure or abort.
   *
   * @param onProgress Called with the number of bytes received.
   */
  readonly load: (
    file: AttachedFile,
    limits: ReadLimits,
    signal: AbortSignal,
    onProgress: (bytesRead: number) => void,
  ) => Promise<Blob>;
  /** Returns the bytes of a file uploaded by this frame. Default: none. */
  readonly localFileOf?: ((attachmentId: string) => Blob | undefined) | undefined;
  /** Draws a thumbnail of a file or of its beginning. Rejects if it cannot be drawn, or after an abort. */
  readonly draw: (bytes: Blob, file: AttachedFile, signal: AbortSignal) => Promise<Blob>;
  /** Whether nothing may be read from the server. Default: never. */
  readonly isSavingData?: () => boolean;
  /** Maximum size of all thumbnails together, in bytes. */
  readonly maxKeptBytes: number;
  /** Maximum number of bytes to read from the server for one list. */
  readonly maxReadBytes: number;
  /** `URL.createObjectURL` and its counterpart. */
  readonly createUrl: (picture: Blob) => string;
  readonly revokeUrl: (url: string) => void;
}

/** Concurrent loads. Few, to leave bandwidth for the preview. */
const MAX_PARALLEL_LOADS = 2;

/** A file on the screen that can have a thumbnail. */
interface Candidate {
  readonly key: string;
  readonly file: AttachedFile;
  readonly limits: ReadLimits;
  /** Bytes to read from the server at most; 0 for a local file; `undefined` if it is too large. */
  readonly cost: number | undefined;
}

/** A thumbnail that is being made. */
interface Load {
  readonly aborter: AbortController;
  /** Stops the account of its bytes. */
  settle: () => void;
}

/** Creates an empty thumbnail store. */
export function createThumbnails(options: ThumbnailsOptions): Thumbnails {
  const { load, localFileOf = () => undefined, draw, isSavingData = () => false } = options;
  const { maxKeptBytes, maxReadBytes, createUrl, revokeUrl } = options;
  // The file at hand is one of the volumes.
  const localOf = ({ reference, volumes }: AttachedFile): Blob | undefined =>
    volumes ? undefined : localFileOf(reference.id);
  const store = createStateStore<ThumbnailsByKey>(new Map());
  /** Sizes of the finished thumbnails, least recently shown first. */
  const sizes = new Map<string, number>();
  const underWay = new Map<string, Load>();
  let shown: readonly Candidate[] = [];
  /** Bytes read for this list, and those reserved for loads under way. */
  let spentBytes = 0;

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

  /** Drops thumbnails off the screen, the least recently shown first. Returns whether `size` bytes fit then. */
  function makeRoom(size: number): boolean {
    const onScreen = new Set(shown.map(({ key }) => key));
    let used = [...sizes.values()].reduce((sum, each) => sum + each, size);
    for (const [key, each] of [...sizes]) {
      if (used <= maxKeptBytes) break;
      if (onScreen.has(key)) continue;
      used -= each;
      drop(key);
    }
    return used <= maxKeptBytes;
  }

  function canAfford({ cost }: Candidate): boolean {
    if (cost === undefined || (cost > 0 && isSavingData())) return false;
    return spentBytes + cost <= maxReadBytes;
  }

  // Not a queue: the next file is chosen when a load ends, since the visible files change with every scroll.
  function loadMore(): void {
    for (const candidate of shown) {
      if (underWay.size >= MAX_PARALLEL_LOADS) return;
      if (!store.getSnapshot().has(candidate.key) && canAfford(candidate)) void loadOne(candidate);
    }
  }

  async function read({ file, limits }: Candidate, current: Load): Promise<Blob> {
    const reserved = maxCostOf(file, limits) ?? Infinity;
    const { signal } = current.aborter;
    // A local file may be gone, so that its bytes were not part of the plan.
    if (signal.aborted || isSavingData() || spentBytes + reserved > maxReadBytes)
      throw new Error('Nothing more is read for this list.');
    let received = 0;
    spentBytes += reserved;
    current.settle = () => {
      spentBytes += received - reserved;
      current.settle = () => undefined;
    };
    const bytes = await load(file, limits, signal, (bytesRead) => (received = Math.max(received, bytesRead)));
    received = bytes.size;
    current.settle();
    return bytes;
  }

  async function produce(candidate: Candidate, current: Load): Promise<Blob> {
    const { file } = candidate;
    const { signal } = current.aborter;
    const local = localOf(file);
    const bytes = local && (await isReadable(local)) ? local : await read(candidate, current);
    return draw(bytes, file, signal);
  }

  async function loadOne(candidate: Candidate): Promise<void> {
    const { key } = candidate;
    const current: Load = { aborter: new AbortController(), settle: () => undefined };
    underWay.set(key, current);
    set(key, { status: 'loading' });
    let thumbnail: Thumbnail = { status: 'none' };
    try {
      const picture = await produce(candidate, current);
      if (!current.aborter.signal.aborted && makeRoom(picture.size)) {
        sizes.set(key, picture.size);
        thumbnail = { status: 'ready', url: createUrl(picture) };
      }
    } catch {
      // The list shows an icon instead; the preview shows the reason.
    }
    if (current.aborter.signal.aborted) return;
    current.settle();
    underWay.delete(key);
    set(key, thumbnail);
    loadMore();
  }

  function abort(key: string): void {
    const current = underWay.get(key);
    current?.aborter.abort();
    current?.settle();
    underWay.delete(key);
    set(key, undefined);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    show(files, place) {
      shown = files.flatMap((file) => {
        const limits = readLimitsOf(file, place);
        if (!limits) return [];
        const cost = localOf(file) ? 0 : maxCostOf(file, limits);
        return [{ key: keyOfFile(file), file, limits, cost }];
      });
      const onScreen = new Set(shown.map(({ key }) => key));
      for (const key of [...underWay.keys()]) if (!onScreen.has(key)) abort(key);
      for (const key of onScreen) {
        const size = sizes.get(key);
        if (size === undefined) continue;
        sizes.delete(key);
        sizes.set(key, size);
      }
      loadMore();
    },

    forget(key) {
      if (underWay.has(key)) abort(key);
      else if (store.getSnapshot().has(key)) drop(key);
    },

    clear() {
      shown = [];
      for (const key of [...underWay.keys()]) abort(key);
      for (const key of [...store.getSnapshot().keys()]) drop(key);
      spentBytes = 0;
    },
  };
}

/** Whether a local file is still what it was. The disk can have lost or changed it. */
function isReadable(local: Blob): Promise<boolean> {
  return local
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}
