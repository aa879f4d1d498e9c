import { CancelledError, isCancelled, toProblem } from '../model/errors';
import type { Surroundings } from '../model/surroundings';
import { decide } from '../queue/retry-policy';

/** How a task is tried again. */
export interface PersistOptions {
  readonly surroundings: Pick<Surroundings, 'later' | 'random'>;
  readonly signal: AbortSignal;
  /** So many attempts are made at most, the first included. */
  readonly mostAttempts: number;
}

/**
 * Tries something again as long as it fails for what passes by itself, with waits in between.
 *
 * @throws What the last attempt failed with, or CancelledError after an abort.
 */
export async function persist<T>(
  task: () => Promise<T>,
  { surroundings, signal, mostAttempts }: PersistOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await task();
    } catch (error) {
      if (signal.aborted || isCancelled(error)) throw new CancelledError();
      const decision = decide(toProblem(error), attempt, surroundings.random);
      if (decision.action === 'stop' || attempt >= mostAttempts) throw error;
      await wait(decision.delayMs, surroundings, signal);
    }
  }
}

/** Resolves after so many milliseconds. @throws CancelledError at once when it is aborted */
function wait(delayMs: number, { later }: Pick<Surroundings, 'later'>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new CancelledError());
    signal.addEventListener('abort', stop, { once: true });
    later(delayMs, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
  });
}
