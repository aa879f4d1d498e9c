import type { Runtime } from './runtime';

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
