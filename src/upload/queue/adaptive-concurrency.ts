/** Limits of concurrent uploads. */
export interface ConcurrencyLimits {
  /** Initial number of requests: as many as browsers open connections to one server over HTTP/1.1. */
  readonly initialRequests: number;
  /** Over HTTP/2, small files gain up to about this number (peer figures, lesson 8). */
  readonly maxRequests: number;
  /** Bytes at once, unless a file is alone; see `largeBytes`. */
  readonly maxBytes: number;
  /** A larger file counts as this many bytes: more than a few at a time gain nothing. */
  readonly largeBytes: number;
  /** Large files at once. The limit keeps slots free for small ones. */
  readonly maxLarge: number;
}

const MIB = 1024 * 1024;

/** Measured: peer figures, lesson 8. */
export const CONCURRENCY_LIMITS: ConcurrencyLimits = {
  initialRequests: 6,
  maxRequests: 24,
  maxBytes: 8 * MIB,
  largeBytes: 2 * MIB,
  maxLarge: 3,
};

/** Overhead of a request for the server and the connection, as a number of bytes. */
const BYTES_PER_REQUEST = 16 * 1024;

/** Minimum growth of the throughput to justify a larger window. */
const MIN_GAIN = 1.15;

/** Time without overload before the window grows by one, in milliseconds. */
const GROWTH_INTERVAL_MS = 5_000;

/** Time after an overload before the window is probed again, in milliseconds. */
const OVERLOAD_MEMORY_MS = 60_000;

/**
 * Window of concurrent requests: additive increase, multiplicative decrease (AIMD), with an exponential start. Times
 * are in milliseconds.
 */
export interface ConcurrencyWindow {
  readonly limit: number;
  /** Whether the limit doubles with each round; later it grows by one at a time, up to `ceiling`. */
  readonly isProbing: boolean;
  readonly ceiling: number;
  /** Throughput of the previous round, in bytes per millisecond. */
  readonly previousRate: number;
  /** Deliveries since `since`, and whether the limit was reached. */
  readonly round: {
    readonly since: number;
    readonly requests: number;
    readonly bytes: number;
    readonly isFull: boolean;
  };
  /** Last overload, or last growth after it. */
  readonly stableSince: number;
  /** Last overload. */
  readonly reducedAt: number;
}

/** Returns the initial window. */
export function initialWindow(limits: ConcurrencyLimits, now: number): ConcurrencyWindow {
  return {
    limit: limits.initialRequests,
    isProbing: true,
    ceiling: limits.maxRequests,
    previousRate: 0,
    round: emptyRound(now),
    stableSince: now,
    reducedAt: -Infinity,
  };
}

/** Restarts after an idle time: with the initial window, unless there was an overload recently. */
export function resumeWindow(
  window: ConcurrencyWindow,
  limits: ConcurrencyLimits,
  now: number,
): ConcurrencyWindow {
  const isRemembered = now - window.reducedAt < OVERLOAD_MEMORY_MS;
  return isRemembered ? { ...window, round: emptyRound(now) } : initialWindow(limits, now);
}

/** Records a full window. */
export function recordFull(window: ConcurrencyWindow): ConcurrencyWindow {
  return window.round.isFull ? window : { ...window, round: { ...window.round, isFull: true } };
}

/** Records a delivered file or chunk. */
export function recordDelivery(
  window: ConcurrencyWindow,
  bytes: number,
  limits: ConcurrencyLimits,
  now: number,
): ConcurrencyWindow {
  const round = {
    ...window.round,
    requests: window.round.requests + 1,
    bytes: window.round.bytes + bytes + BYTES_PER_REQUEST,
  };
  if (window.isProbing)
    return round.requests < window.limit ? { ...window, round } : endRound(window, round, limits, now);
  const canGrow = window.limit < window.ceiling && now - window.stableSince >= GROWTH_INTERVAL_MS;
  return { ...window, round, ...(canGrow && { limit: window.limit + 1, stableSince: now }) };
}

/**
 * Halves the window after an overload.
 *
 * @param startedAt Start of the failed request: parallel requests fail together and count once.
 */
export function recordOverload(window: ConcurrencyWindow, startedAt: number, now: number): ConcurrencyWindow {
  if (startedAt < window.reducedAt) return { ...window, stableSince: now };
  return {
    ...window,
    limit: Math.max(1, Math.floor(window.limit / 2)),
    isProbing: false,
    round: emptyRound(now),
    stableSince: now,
    reducedAt: now,
  };
}

/** Doubles the window if the round was faster than the previous one; otherwise ends the probing. */
function endRound(
  window: ConcurrencyWindow,
  round: ConcurrencyWindow['round'],
  limits: ConcurrencyLimits,
  now: number,
): ConcurrencyWindow {
  if (!round.isFull) return { ...window, round: emptyRound(now) };
  const rate = round.bytes / Math.max(1, now - round.since);
  if (rate < window.previousRate * MIN_GAIN) {
    const limit = Math.max(limits.initialRequests, Math.floor(window.limit / 2));
    return { ...window, limit, ceiling: limit, isProbing: false, round: emptyRound(now), stableSince: now };
  }
  const limit = Math.min(limits.maxRequests, window.limit * 2);
  return { ...window, limit, isProbing: limit > window.limit, previousRate: rate, round: emptyRound(now) };
}

function emptyRound(now: number): ConcurrencyWindow['round'] {
  return { since: now, requests: 0, bytes: 0, isFull: false };
}

/** Requests in progress. */
export interface Load {
  readonly requests: number;
  /** Large files count as `largeBytes`. */
  readonly bytes: number;
  readonly large: number;
}

/** No requests. */
export const NO_LOAD: Load = { requests: 0, bytes: 0, large: 0 };

/** Returns the load with a file of `size` bytes added (`1`) or removed (`-1`). */
export function changeLoad(load: Load, size: number, by: 1 | -1, limits: ConcurrencyLimits): Load {
  return {
    requests: load.requests + by,
    bytes: load.bytes + by * Math.min(size, limits.largeBytes),
    large: load.large + by * Number(size > limits.largeBytes),
  };
}

/** Whether a file of `size` bytes can start now. */
export function hasRoom(
  load: Load,
  size: number,
  window: ConcurrencyWindow,
  limits: ConcurrencyLimits,
): boolean {
  if (load.requests === 0) return true;
  const next = changeLoad(load, size, 1, limits);
  const maxLarge = Math.min(limits.maxLarge, Math.max(1, window.limit - 1));
  return next.requests <= window.limit && next.bytes <= limits.maxBytes && next.large <= maxLarge;
}

/** Files waiting for a retry never block others up to this number, even with a small window. */
const MIN_PASSED = 3;

/** Limits concurrent uploads. */
export interface ConcurrencyLimiter {
  /**
   * Whether no file can start, whatever its size.
   *
   * @param retrying Files waiting for a retry. They keep their slots: in an outage a few are tried again and again,
   *   and not each file of a long list.
   */
  isFull(retrying: number): boolean;
  /** Whether a file of `size` bytes can start now. */
  hasRoom(size: number): boolean;
  /** Takes a slot for a file of `size` bytes. */
  acquire(size: number): Slot;
  /** Records an overload of a request without a slot. */
  recordOverload(startedAt: number): void;
}

/** Slot of one file. */
export interface Slot {
  /** Frees the slot; further calls do nothing. */
  release(): void;
  /** Records delivered bytes of the file. */
  recordDelivery(bytes: number): void;
  recordOverload(): void;
}

/**
 * Creates a limiter with a window adapting to the connection and the server.
 *
 * @param now Milliseconds since the epoch.
 */
export function createConcurrencyLimiter(
  now: () => number,
  changes: Partial<ConcurrencyLimits> = {},
): ConcurrencyLimiter {
  const limits = { ...CONCURRENCY_LIMITS, ...changes };
  let load: Load = NO_LOAD;
  let window: ConcurrencyWindow = initialWindow(limits, now());

  function overload(startedAt: number): void {
    window = recordOverload(window, startedAt, now());
  }

  const isTaken = (): boolean => load.requests >= window.limit;

  return {
    // A single failing file must not stop all others.
    isFull: (retrying) => isTaken() || load.requests + retrying >= Math.max(MIN_PASSED, window.limit),
    hasRoom: (size) => hasRoom(load, size, window, limits),
    acquire(size) {
      const startedAt = now();
      if (load.requests === 0) window = resumeWindow(window, limits, startedAt);
      load = changeLoad(load, size, 1, limits);
      if (isTaken()) window = recordFull(window);
      let isHeld = true;
      return {
        release() {
          if (isHeld) load = changeLoad(load, size, -1, limits);
          isHeld = false;
        },
        recordDelivery(bytes) {
          window = recordDelivery(window, bytes, limits, now());
        },
        recordOverload: () => overload(startedAt),
      };
    },
    recordOverload: overload,
  };
}
