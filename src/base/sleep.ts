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
