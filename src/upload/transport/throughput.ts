/** Throughput of the connection, and the largest request body it accepts. */
export interface ThroughputEstimator {
  /** Bytes per second of one request under current load, or `undefined` before the first sample. */
  readonly bytesPerSecond: number | undefined;
  /** Upper bound for a request body, in bytes: half of the smallest one answered with 413. */
  readonly maxBodyBytes: number;
  /** Adds a sample. */
  record(bytes: number, elapsedMs: number): void;
  /** Lowers `maxBodyBytes` after a 413. */
  recordTooLarge(bytes: number): void;
}

/** Smaller samples measure latency rather than throughput. In bytes. */
const MIN_SAMPLE_BYTES = 256 * 1024;

/** Weight of the latest sample. */
const SAMPLE_WEIGHT = 0.5;

/** Creates an estimator without samples. */
export function createThroughputEstimator(): ThroughputEstimator {
  let bytesPerSecond: number | undefined;
  let maxBodyBytes = Infinity;
  return {
    get maxBodyBytes() {
      return maxBodyBytes;
    },
    recordTooLarge(bytes) {
      maxBodyBytes = Math.min(maxBodyBytes, Math.floor(bytes / 2));
    },
    get bytesPerSecond() {
      return bytesPerSecond;
    },
    record(bytes, elapsedMs) {
      // The refused size was acceptable after all.
      if (bytes > maxBodyBytes) maxBodyBytes = Infinity;
      if (bytes < MIN_SAMPLE_BYTES) return;
      const sample = (bytes * 1000) / Math.max(1, elapsedMs);
      bytesPerSecond =
        bytesPerSecond === undefined ? sample : SAMPLE_WEIGHT * sample + (1 - SAMPLE_WEIGHT) * bytesPerSecond;
    },
  };
}
