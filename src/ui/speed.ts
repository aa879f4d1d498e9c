/** How fast a number of bytes grows, smoothed so that the figure can be read. */
export interface Speed {
  /** Bytes per second; `undefined` until there is something to go by. */
  readonly bytesPerSecond: number | undefined;
  /** When the measurement began and when it was last looked at, in milliseconds. */
  readonly startedAt: number;
  readonly at: number;
  readonly bytes: number;
}

/** The first bytes only fill the buffers between here and the server, so that this long is not counted, in milliseconds. */
const WARM_UP_MS = 1_000;

/** Samples that come closer together say more about the clock than about the network, in milliseconds. */
const SHORTEST_SAMPLE_MS = 1_000;

/** Changes within this time count about half, in milliseconds. */
const HALF_LIFE_MS = 3_000;

/** The beginning of a measurement. `at` in milliseconds. */
export function startSpeed(bytes: number, at: number): Speed {
  return { bytesPerSecond: undefined, startedAt: at, at, bytes };
}

/** The speed after one more look. A count that went back (another set of files) begins anew. */
export function updateSpeed(speed: Speed, bytes: number, at: number): Speed {
  if (bytes < speed.bytes) return startSpeed(bytes, at);
  const elapsedMs = at - speed.at;
  if (speed.at === speed.startedAt) return elapsedMs < WARM_UP_MS ? speed : { ...speed, at, bytes };
  if (elapsedMs < SHORTEST_SAMPLE_MS) return speed;
  const sample = ((bytes - speed.bytes) * 1000) / elapsedMs;
  const weight = 0.5 ** (elapsedMs / HALF_LIFE_MS);
  const bytesPerSecond =
    speed.bytesPerSecond === undefined ? sample : weight * speed.bytesPerSecond + (1 - weight) * sample;
  return { ...speed, bytesPerSecond, at, bytes };
}

/** Seconds until `bytesLeft` are sent; `undefined` rather than infinity when nothing moves. */
export function secondsLeft(speed: Speed, bytesLeft: number): number | undefined {
  if (!speed.bytesPerSecond || speed.bytesPerSecond < 1) return undefined;
  return bytesLeft / speed.bytesPerSecond;
}
