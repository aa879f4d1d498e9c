import { coalesce } from '../../../base/coalesce';
import { createMutex } from '../../../base/keyed-mutex';
import type { Runtime } from '../../../base/runtime';

/** Dependencies of `createWriteBehind`. */
export interface WriteBehindOptions<Item> {
  readonly runtime: Runtime;
  /** Delay before changes are written, unless a caller waits for them. */
  readonly delayMs: number;
  /** Writes changed items. Never rejects, and is never called during another write. */
  readonly write: (items: readonly Item[]) => Promise<void>;
}

/** Write-behind buffer of changed items. */
export interface WriteBehind<Item> {
  /** Marks an item as changed, without scheduling a write. */
  readonly mark: (item: Item) => void;
  /** Marks an item as changed and schedules a write. */
  readonly markSoon: (item: Item) => void;
  /** Removes an item from the changes. */
  readonly unmark: (item: Item) => void;
  /** Whether a changed item matches. */
  readonly hasMarked: (matches: (item: Item) => boolean) => boolean;
  /** Writes all changes. Resolves once they are written. */
  readonly flush: () => Promise<void>;
  /** Resolves once all changes of matching items are written. */
  readonly whenFlushed: (matches: (item: Item) => boolean) => Promise<void>;
}

/** Creates an empty buffer. One write at a time; the next one takes all changes made meanwhile. */
export function createWriteBehind<Item>(options: WriteBehindOptions<Item>): WriteBehind<Item> {
  const { runtime, delayMs, write } = options;
  const dirty = new Set<Item>();
  let writing: readonly Item[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const serialize = createMutex();
  const flushLater = coalesce(runtime, delayMs, () => void flush());

  function flush(): Promise<void> {
    if (dirty.size === 0) return last;
    next ??= serialize(() => {
      next = undefined;
      last = writeDirty();
      return last;
    });
    return next;
  }

  async function writeDirty(): Promise<void> {
    writing = [...dirty];
    dirty.clear();
    await write(writing);
    writing = [];
  }

  return {
    mark: (item) => dirty.add(item),
    unmark: (item) => dirty.delete(item),
    markSoon(item) {
      dirty.add(item);
      flushLater();
    },
    hasMarked: (matches) => [...dirty].some(matches),
    flush,
    async whenFlushed(matches) {
      if ([...dirty].some(matches)) await flush();
      else if (writing.some(matches)) await last;
    },
  };
}
