/** Serializes tasks on the same key; tasks on different keys run in parallel. */
export interface KeyedMutex<Key> {
  /** Runs `task` while it holds `key`. */
  readonly lock: <T>(key: Key, task: () => Promise<T>) => Promise<T>;
  /** Runs `task` while it holds all `keys`. They must be distinct. */
  readonly lockAll: <T>(keys: readonly Key[], task: () => Promise<T>) => Promise<T>;
  /**
   * Waits for all `keys` and holds them. They must be distinct.
   *
   * @returns Function to release them.
   */
  readonly acquire: (keys: readonly Key[]) => Promise<() => void>;
}

/** Creates a mutex. Locks are granted in the order of the calls. */
export function createKeyedMutex<Key>(): KeyedMutex<Key> {
  const tails = new Map<Key, Promise<void>>();

  // Enqueues all keys in one step, so two callers with common keys cannot deadlock.
  async function acquire(keys: readonly Key[]): Promise<() => void> {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await Promise.all(keys.map((key) => enqueue(key, released)));
    return release;
  }

  /** Resolves when every earlier holder of `key` has released it. */
  function enqueue(key: Key, released: Promise<void>): Promise<void> {
    const before = tails.get(key) ?? Promise.resolve();
    const tail = before.then(() => released);
    tails.set(key, tail);
    void tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
    return before;
  }

  async function lockAll<T>(keys: readonly Key[], task: () => Promise<T>): Promise<T> {
    const release = await acquire(keys);
    try {
      return await task();
    } finally {
      release();
    }
  }

  return { acquire, lockAll, lock: (key, task) => lockAll([key], task) };
}

/** Creates a function to run tasks one at a time, in the order of the calls. */
export function createMutex(): <T>(task: () => Promise<T>) => Promise<T> {
  const mutex = createKeyedMutex<undefined>();
  return (task) => mutex.lock(undefined, task);
}
