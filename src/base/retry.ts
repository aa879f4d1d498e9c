import type { Problem } from './errors';
import { CancelledError, isCancelled, toProblem } from './errors';
import { isSignedOut, isTransient } from './problem-traits';
import type { Runtime } from './runtime';
import { sleep } from './async';

/** Attempts before the user has to decide; with their delays, a minute or two. */
const MAX_ATTEMPTS = 10;

const BASE_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;
const MIN_CHECK_MS = 1_000;

/** Decision about a failed attempt. */
export type RetryDecision =
  { readonly action: 'stop' } | { readonly action: 'wait'; readonly delayMs: number };

/** Returns an exponential delay with full jitter, from half a second to half a minute. */
function backoff(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** (attempt - 1)));
}

/**
 * Decides about the retry of a failed attempt: exactly the `Retry-After` of the server, or exponential backoff with
 * full jitter. The connection has renewed the token once before.
 *
 * @param attempt The failed attempt, 1-based, counted from the last byte that the server accepted.
 * @param random From 0 (inclusive) to 1 (exclusive).
 * @param waitsForSignIn Whether `signed-out` is transient as well.
 */
export function nextRetry(
  problem: Problem,
  attempt: number,
  random: () => number,
  { waitsForSignIn = false }: { readonly waitsForSignIn?: boolean } = {},
): RetryDecision {
  const canRetry = isTransient(problem) || (waitsForSignIn && isSignedOut(problem));
  if (!canRetry || attempt >= MAX_ATTEMPTS) return { action: 'stop' };
  return { action: 'wait', delayMs: problem.retryAfterMs ?? backoff(attempt, random) };
}

/** Returns the delay before the service is asked again whether work can continue; at least a second. */
export function nextCheck(attempt: number, random: () => number): number {
  return MIN_CHECK_MS + backoff(attempt, random);
}

/** Options of `retry`. */
export interface RetryOptions {
  readonly runtime: Runtime;
  /** Ends the retries, also during a delay. */
  readonly signal?: AbortSignal;
  /** Including the first attempt. Default: the limit of `nextRetry`. */
  readonly maxAttempts?: number;
  /** Whether to wait for a sign-in, however long it takes. Default: false, `signed-out` ends the retries. */
  readonly waitsForSignIn?: boolean;
}

/**
 * Runs `task`, retrying transient errors with backoff.
 *
 * @throws Error of the last attempt; CancelledError after an abort.
 */
export async function retry<T>(
  task: () => Promise<T>,
  { runtime, signal, maxAttempts = Infinity, waitsForSignIn = false }: RetryOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await task();
    } catch (error) {
      if (signal?.aborted || isCancelled(error)) throw new CancelledError();
      const problem = toProblem(error);
      if (waitsForSignIn && isSignedOut(problem)) attempt = Math.min(attempt, MAX_ATTEMPTS - 1);
      const decision = nextRetry(problem, attempt, runtime.random, { waitsForSignIn });
      if (decision.action === 'stop' || attempt >= maxAttempts) throw error;
      await sleep(runtime, decision.delayMs, signal);
    }
  }
}
