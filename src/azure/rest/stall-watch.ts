/** Stall checks per `stallMs`. */
const CHECKS_PER_STALL = 6;

/** Time in the queue for a connection, as a multiple of `stallMs`. */
const MAX_QUEUED_STALLS = 4;

/** Checks without progress before a stall. The first one after a sleep comes before the bytes that wait. */
const MIN_IDLE_CHECKS = 2;

/** Watch over one request. */
export interface StallWatch {
  /** Records a byte in either direction. */
  readonly recordProgress: () => void;
  readonly stop: () => void;
}

/**
 * Starts to watch a request, and calls `onStall` after `stallMs` without progress.
 *
 * @param stallMs `undefined`: never.
 */
export type StartStallWatch = (stallMs: number | undefined, onStall: () => void) => StallWatch;

/**
 * Creates a function to watch the requests of one stack. A request without any progress may be queued for one of few
 * connections, so it counts as alive as long as other requests make progress.
 */
export function createStallWatch(): StartStallWatch {
  /** Time of the last progress in any request. */
  let lastProgressAnywhere = 0;

  return (stallMs, onStall) => {
    if (stallMs === undefined) return { recordProgress: () => undefined, stop: () => undefined };
    let hasProgress = false;
    let lastProgress = performance.now();
    const startedAt = lastProgress;
    let seenActivity = lastProgress;
    let idleChecks = 0;
    const timer = setInterval(() => {
      const now = performance.now();
      const lastActivity = hasProgress ? lastProgress : Math.max(lastProgress, lastProgressAnywhere);
      idleChecks = lastActivity === seenActivity ? idleChecks + 1 : 1;
      seenActivity = lastActivity;
      const isStalled = now - lastActivity >= stallMs;
      const isQueuedTooLong = !hasProgress && now - startedAt >= MAX_QUEUED_STALLS * stallMs;
      if ((isStalled && idleChecks >= MIN_IDLE_CHECKS) || isQueuedTooLong) onStall();
    }, stallMs / CHECKS_PER_STALL);
    return {
      recordProgress() {
        hasProgress = true;
        lastProgress = lastProgressAnywhere = performance.now();
      },
      stop: () => clearInterval(timer),
    };
  };
}
