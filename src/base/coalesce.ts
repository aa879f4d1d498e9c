import type { Runtime } from './runtime';

/** Combines calls: `task` runs once, `delayMs` after the first one of a series. */
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
