/** Throughput of the connection, and the largest request body it accepts. */
export interface Line {
  /** Bytes per second of one request under current load, or `undefined` before the first sample. */
  readonly bytesPerSecond: number | undefined;
  /** Upper bound for a request body, in bytes: half of the smallest one answered with 413. */
  readonly mostBytes: number;
  /** Adds a sample. */
  note(bytes: number, elapsedMs: number): void;
  /** Lowers `maxBodyBytes` after a 413. */
  refused(bytes: number): void;
}

/** Smaller samples measure latency rather than throughput. In bytes. */
const TELLING_BYTES = 256 * 1024;

/** Weight of the latest sample. */
const WEIGHT = 0.5;

/** Creates an estimator without samples. */
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
      // The refused size was acceptable after all.
      if (bytes > mostBytes) mostBytes = Infinity;
      if (bytes < TELLING_BYTES) return;
      const sample = (bytes * 1000) / Math.max(1, elapsedMs);
      bytesPerSecond =
        bytesPerSecond === undefined ? sample : WEIGHT * sample + (1 - WEIGHT) * bytesPerSecond;
    },
  };
}
