import type { NotifyScheduler } from '../../base/store';

/** Minimum interval in milliseconds: progress bars animate in between, and rendering costs time that uploads need. */
const MIN_INTERVAL_MS = 100;

/** Creates a scheduler that notifies in the next animation frame, and not in each one when changes are frequent. */
export function createFrameScheduler(): NotifyScheduler {
  let lastAt = -Infinity;
  return (notify) => {
    const draw = (): void => {
      requestAnimationFrame((now) => {
        lastAt = now;
        notify();
      });
    };
    const waitMs = lastAt + MIN_INTERVAL_MS - performance.now();
    if (waitMs > 0) setTimeout(draw, waitMs);
    else draw();
  };
}
