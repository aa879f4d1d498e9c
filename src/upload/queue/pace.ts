/** How much may be under way at once. */
export interface Limits {
  /** Requests to begin with: what browsers open to one server over HTTP/1.1. */
  readonly firstRequests: number;
  /** Requests at most; over HTTP/2 small files gain up to about here (peer figures, lesson 8). */
  readonly mostRequests: number;
  /** Bytes at most, as they are counted (see `largeBytes`), unless nothing else is under way. */
  readonly mostBytes: number;
  /** A larger file counts as this many bytes: beyond a few at a time, large files gain nothing. */
  readonly largeBytes: number;
  /** Large files at most, so that small ones are never held behind them. */
  readonly mostLarge: number;
}

const MIB = 1024 * 1024;

/** Measured: peer figures, lesson 8. */
export const LIMITS: Limits = {
  firstRequests: 6,
  mostRequests: 24,
  mostBytes: 8 * MIB,
  largeBytes: 2 * MIB,
  mostLarge: 3,
};

/** A request costs the server and the line about as much as so many bytes. */
const BYTES_PER_REQUEST = 16 * 1024;

/** A wider lane must carry at least this much more to be worth it. */
const WORTH_IT = 1.15;

/** Time without trouble after which one more request is dared, in milliseconds. */
const CALM_MS = 5_000;

/** Time after which trouble is no longer held against the server, in milliseconds. */
const FORGET_MS = 60_000;

/** How many requests are dared now, and what that rests on. */
export interface Pace {
  readonly limit: number;
  /** Doubles while that pays; afterwards, and after trouble, it grows by one at a time towards `ceiling`. */
  readonly isProbing: boolean;
  readonly ceiling: number;
  /** What the narrower lane carried, in bytes per millisecond. */
  readonly rateBefore: number;
  /** What has come through since `since`, and whether the limit was what held the rest back. */
  readonly round: {
    readonly since: number;
    readonly requests: number;
    readonly bytes: number;
    readonly isFull: boolean;
  };
  /** The last trouble, or the last growth after it. */
  readonly calmSince: number;
  /** The last trouble. */
  readonly shrunkAt: number;
}

/** Additive increase, multiplicative decrease, with a fast beginning. `now` in milliseconds throughout. */
export function startPace(limits: Limits, now: number): Pace {
  return {
    limit: limits.firstRequests,
    isProbing: true,
    ceiling: limits.mostRequests,
    rateBefore: 0,
    round: emptyRound(now),
    calmSince: now,
    shrunkAt: -Infinity,
  };
}

/** Work begins after a time without any: what the line carries is found out anew, unless there was trouble just now. */
export function resumePace(pace: Pace, limits: Limits, now: number): Pace {
  return now - pace.shrunkAt < FORGET_MS ? { ...pace, round: emptyRound(now) } : startPace(limits, now);
}

/** As many requests are under way as are dared. */
export function filled(pace: Pace): Pace {
  return pace.round.isFull ? pace : { ...pace, round: { ...pace.round, isFull: true } };
}

/** A file, or a chunk of one, has come through. */
export function delivered(pace: Pace, bytes: number, limits: Limits, now: number): Pace {
  const round = {
    ...pace.round,
    requests: pace.round.requests + 1,
    bytes: pace.round.bytes + bytes + BYTES_PER_REQUEST,
  };
  if (pace.isProbing)
    return round.requests < pace.limit ? { ...pace, round } : judge(pace, round, limits, now);
  const mayGrow = pace.limit < pace.ceiling && now - pace.calmSince >= CALM_MS;
  return { ...pace, round, ...(mayGrow && { limit: pace.limit + 1, calmSince: now }) };
}

/**
 * The server, or the line to it, could not keep up.
 *
 * @param startedAt When the request that says so began: those that ran side by side fail together and count once.
 */
export function overloaded(pace: Pace, startedAt: number, now: number): Pace {
  if (startedAt < pace.shrunkAt) return { ...pace, calmSince: now };
  return {
    ...pace,
    limit: Math.max(1, Math.floor(pace.limit / 2)),
    isProbing: false,
    round: emptyRound(now),
    calmSince: now,
    shrunkAt: now,
  };
}

/** A round is over: did the width of the lane pay? */
function judge(pace: Pace, round: Pace['round'], limits: Limits, now: number): Pace {
  if (!round.isFull) return { ...pace, round: emptyRound(now) };
  const rate = round.bytes / Math.max(1, now - round.since);
  if (rate < pace.rateBefore * WORTH_IT) {
    const limit = Math.max(limits.firstRequests, Math.floor(pace.limit / 2));
    return { ...pace, limit, ceiling: limit, isProbing: false, round: emptyRound(now), calmSince: now };
  }
  const limit = Math.min(limits.mostRequests, pace.limit * 2);
  return { ...pace, limit, isProbing: limit > pace.limit, rateBefore: rate, round: emptyRound(now) };
}

function emptyRound(now: number): Pace['round'] {
  return { since: now, requests: 0, bytes: 0, isFull: false };
}

/** What is under way. */
export interface Load {
  readonly requests: number;
  /** Large files count as `largeBytes`. */
  readonly bytes: number;
  readonly large: number;
}

/** Nothing. */
export const NO_LOAD: Load = { requests: 0, bytes: 0, large: 0 };

/** The load with a file of that size, added (`1`) or taken away (`-1`). */
export function changeLoad(load: Load, size: number, by: 1 | -1, limits: Limits): Load {
  return {
    requests: load.requests + by,
    bytes: load.bytes + by * Math.min(size, limits.largeBytes),
    large: load.large + by * Number(size > limits.largeBytes),
  };
}

/** Whether a file of that size may go beside what is under way. */
export function hasRoom(load: Load, size: number, pace: Pace, limits: Limits): boolean {
  if (load.requests === 0) return true;
  const next = changeLoad(load, size, 1, limits);
  const mostLarge = Math.min(limits.mostLarge, Math.max(1, pace.limit - 1));
  return next.requests <= pace.limit && next.bytes <= limits.mostBytes && next.large <= mostLarge;
}
