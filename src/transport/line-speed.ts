/** What the line to the server carries, as far as it was seen. */
export interface LineSpeed {
  /** Bytes per second of one request, with whatever ran beside it; `undefined` until something was measured. */
  readonly bytesPerSecond: number | undefined;
  /** A request has carried `bytes` in so many milliseconds. */
  note(bytes: number, elapsedMs: number): void;
}

/** Less says more about the round trip than about the line, in bytes. */
const TELLING_BYTES = 256 * 1024;

/** The latest figure counts this much. */
const WEIGHT = 0.5;

/** A line of which nothing is known. */
export function createLineSpeed(): LineSpeed {
  let bytesPerSecond: number | undefined;
  return {
    get bytesPerSecond() {
      return bytesPerSecond;
    },
    note(bytes, elapsedMs) {
      if (bytes < TELLING_BYTES) return;
      const sample = (bytes * 1000) / Math.max(1, elapsedMs);
      bytesPerSecond =
        bytesPerSecond === undefined ? sample : WEIGHT * sample + (1 - WEIGHT) * bytesPerSecond;
    },
  };
}
