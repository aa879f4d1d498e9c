/** What is known of the line to the server, as far as it was seen. */
export interface Line {
  /** Bytes per second of one request, with whatever ran beside it; `undefined` until something was measured. */
  readonly bytesPerSecond: number | undefined;
  /** Largest request, in bytes, that is worth a try: half of the smallest that somebody on the way refused. */
  readonly mostBytes: number;
  /** A request has carried `bytes` in so many milliseconds. */
  note(bytes: number, elapsedMs: number): void;
  /** A request with so many bytes was too large for somebody on the way. */
  refused(bytes: number): void;
}

/** Less says more about the round trip than about the line, in bytes. */
const TELLING_BYTES = 256 * 1024;

/** The latest figure counts this much. */
const WEIGHT = 0.5;

/** A line of which nothing is known. */
export function createLine(): Line {
  let bytesPerSecond: number | undefined;
  let mostBytes = Infinity;
  return {
    get mostBytes() {
      return mostBytes;
    },
    refused(bytes) {
      mostBytes = Math.min(mostBytes, Math.floor(bytes / 2));
    },
    get bytesPerSecond() {
      return bytesPerSecond;
    },
    note(bytes, elapsedMs) {
      // What was refused before was not too large after all.
      if (bytes > mostBytes) mostBytes = Infinity;
      if (bytes < TELLING_BYTES) return;
      const sample = (bytes * 1000) / Math.max(1, elapsedMs);
      bytesPerSecond =
        bytesPerSecond === undefined ? sample : WEIGHT * sample + (1 - WEIGHT) * bytesPerSecond;
    },
  };
}
