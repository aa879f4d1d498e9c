/** Maximum time without yielding to the page, in milliseconds. */
const MAX_BLOCKING_MS = 20;

/**
 * Runs long work on the page without blocking it: input is handled between the steps.
 *
 * @param steps Yields at least every few milliseconds.
 * @param signal Aborts the work.
 * @throws DOMException After an abort.
 */
export async function runInSteps<T>(steps: Generator<void, T>, signal?: AbortSignal): Promise<T> {
  let start = performance.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (performance.now() - start < MAX_BLOCKING_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    start = performance.now();
  }
}

/** Runs work at once, without yielding. */
export function runAtOnce<T>(steps: Generator<void, T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
