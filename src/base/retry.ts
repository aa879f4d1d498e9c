import type { Problem } from './errors';
import { CancelledError, isCancelled, toProblem } from './errors';
import { isTransient } from './problem-traits';
import type { Runtime } from './runtime';
import { sleep } from './async';

/** Attempts before the user has to decide; with their delays, a minute or two. */
const MAX_ATTEMPTS = 10;

const BASE_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;

/** Decision about a failed attempt. */
export type RetryDecision =
  { readonly action: 'stop' } | { readonly action: 'wait'; readonly delayMs: number };

/**
 * Decides about the retry of a failed attempt: exactly the `Retry-After` of the server, or exponential backoff with
 * full jitter, from half a second to half a minute. The connection has renewed the token once before.
 *
 * @param attempt The failed attempt, 1-based, counted from the last byte that the server accepted.
 * @param random From 0 (inclusive) to 1 (exclusive).
 */
export function nextRetry(problem: Problem, attempt: number, random: () => number): RetryDecision {
  if (!isTransient(problem) || attempt >= MAX_ATTEMPTS) return { action: 'stop' };
  const maxDelayMs = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** (attempt - 1));
  return { action: 'wait', delayMs: problem.retryAfterMs ?? Math.round(random() * maxDelayMs) };
}

/** Options of `retry`. */
export interface RetryOptions {
  readonly runtime: Runtime;
  /** Ends the retries, also during a delay. */
  readonly signal?: AbortSignal;
  /** Including the first attempt. Default: the limit of `nextRetry`. */
  readonly maxAttempts?: number;
}

/**
 * Runs `task`, retrying transient errors with backoff.
 *
 * @throws Error of the last attempt; CancelledError after an abort.
 */
export async function retry<T>(
  task: () => Promise<T>,
  { runtime, signal, maxAttempts = Infinity }: RetryOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await task();
    } catch (error) {
      if (signal?.aborted || isCancelled(error)) throw new CancelledError();
      const decision = nextRetry(toProblem(error), attempt, runtime.random);
      if (decision.action === 'stop' || attempt >= maxAttempts) throw error;
      await sleep(runtime, decision.delayMs, signal);
    }
  }
}
