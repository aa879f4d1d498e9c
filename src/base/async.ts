import { CancelledError } from './errors';
import type { Runtime } from './runtime';

/**
 * Resolves after `delayMs`.
 *
 * @throws CancelledError as soon as `signal` is aborted.
 */
export function sleep(runtime: Runtime, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new CancelledError());
      return;
    }
    const cancel = (): void => {
      clearTimer();
      reject(new CancelledError());
    };
    const clearTimer = runtime.setTimer(delayMs, () => {
      signal?.removeEventListener('abort', cancel);
      resolve();
    });
    signal?.addEventListener('abort', cancel, { once: true });
  });
}

/**
 * Settles as `task` does, or rejects with `createError()` after `timeoutMs`.
 *
 * After the machine slept, overdue timers run before pending responses. A timer late by its own length or more
 * therefore starts once more.
 */
export function withTimeout<T>(
  task: Promise<T>,
  timeoutMs: number,
  runtime: Runtime,
  createError: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const startedAt = runtime.now();
    let clearTimer = runtime.setTimer(timeoutMs, () => {
      const hasSlept = runtime.now() - startedAt > 2 * timeoutMs;
      if (hasSlept) clearTimer = runtime.setTimer(timeoutMs, () => reject(createError()));
      else reject(createError());
    });
    task.finally(() => clearTimer()).then(resolve, reject);
  });
}

/** Combines calls: `task` runs once, `delayMs` after the first one of a series. */
export function coalesce(runtime: Runtime, delayMs: number | (() => number), task: () => void): () => void {
  let isScheduled = false;
  return () => {
    if (isScheduled) return;
    isScheduled = true;
    runtime.setTimer(typeof delayMs === 'number' ? delayMs : delayMs(), () => {
      isScheduled = false;
      task();
    });
  };
}

/**
 * Creates a function to call at the start of an operation. It returns a check that is true until the next operation
 * starts, or the next one with the same key. Results of older operations can be ignored this way.
 */
export function createLatest(): (key?: unknown) => () => boolean {
  const starts = new Map<unknown, number>();
  return (key) => {
    const start = (starts.get(key) ?? 0) + 1;
    starts.set(key, start);
    return () => starts.get(key) === start;
  };
}

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
