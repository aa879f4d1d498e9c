import type { Connection } from '../../azure/rest/connection';
import type { LinkableAttachment, WorkItem } from '../../azure/work-item';
import { attachmentIdOf } from '../../azure/work-item';

/**
 * Place of the name of a small file. `?fileName=` makes every URL unique and costs a preflight each; with the name
 * only in the relation, many files share one URL (peer figures, lesson 7). The name is optional in the specification,
 * and Microsoft's own migrator omits it (REST reference A.1). If a server disagrees, names go into the URL from then
 * on.
 */
export interface Naming {
  /** Whether the URL must carry the name. */
  readonly isInUrl: boolean;
  /** Call it after the server refused an upload without a name. */
  requireUrlName(): void;
  /** Compares the names on a work item with the requested ones. */
  check(workItem: WorkItem, asked: readonly LinkableAttachment[]): void;
}

/** Starts with names in relations until the server rejects or loses one. */
export function createNaming(): Naming {
  let isInUrl = false;
  return {
    get isInUrl() {
      return isInUrl;
    },
    requireUrlName() {
      isInUrl = true;
    },
    check({ relations }, asked) {
      const shown = new Map(relations.map(({ url, name }) => [attachmentIdOf(url), name]));
      if (asked.some(({ reference, name }) => (shown.get(reference.id) ?? name) !== name)) isInUrl = true;
    },
  };
}

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

/** Dependencies of transfers. */
export interface TransferTools {
  readonly connection: Connection;
  readonly throughput: ThroughputEstimator;
  readonly naming: Naming;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
