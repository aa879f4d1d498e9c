/** Maximum time without yielding to the page, in milliseconds. */
const MAX_BLOCKING_MS = 20;

/**
 * Returns a function to call between the parts of long work on the page. If some time has passed, it waits until the
 * page has handled input.
 *
 * @param signal Aborts the work.
 */
export function createPause(signal?: AbortSignal): () => Promise<void> {
  let start = performance.now();
  return async () => {
    if (performance.now() - start < MAX_BLOCKING_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    start = performance.now();
  };
}

/**
 * Returns a function to call after each step of long work: whether it is time to report the progress.
 *
 * @param everyMs Minimum time between two reports, in milliseconds.
 * @param now Returns the time in milliseconds.
 */
export function createReportClock(everyMs = 100, now = () => performance.now()): () => boolean {
  let last = now();
  return () => {
    if (now() - last < everyMs) return false;
    last = now();
    return true;
  };
}

/**
 * Runs long work on the page without blocking it: input is handled between the steps.
 *
 * @param steps Yields at least every few milliseconds.
 * @param signal Aborts the work.
 * @throws DOMException After an abort.
 */
export async function runInSteps<T>(steps: Generator<void, T>, signal?: AbortSignal): Promise<T> {
  const pause = createPause(signal);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    await pause();
  }
}

/** Runs work at once, without yielding. */
export function runAtOnce<T>(steps: Generator<void, T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
