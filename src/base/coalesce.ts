import type { Runtime } from './runtime';

/** Returns a function that runs `task` once, `delayMs` after the first of any number of calls. */
export function coalesce(runtime: Runtime, delayMs: number, task: () => void): () => void {
  let isScheduled = false;
  return () => {
    if (isScheduled) return;
    isScheduled = true;
    runtime.setTimer(delayMs, () => {
      isScheduled = false;
      task();
    });
  };
}
