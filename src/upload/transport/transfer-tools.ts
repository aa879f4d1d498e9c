import type { Connection } from '../../azure/rest/connection';
import type { AttachmentReference, LinkableAttachment, WorkItem } from '../../azure/work-item';
import { attachmentIdOf } from '../../azure/work-item';
import type { Learned } from '../learned';

/**
 * Place of the name of a small file. `?fileName=` makes every URL unique and costs a preflight each; with the name
 * only in the relation, many files share one URL (peer figures, lesson 7). The name is optional in the specification,
 * and Microsoft's own migrator omits it (REST reference A.1). Until an organization has kept the name of one relation,
 * all other names go into the URL.
 */
export interface Naming {
  /**
   * Returns whether the next upload can omit its name. While the answer of the organization is unknown, this is so for
   * one upload at a time, and its caller reports the result.
   */
  readonly tryWithoutName: () => boolean;
  /** Records an upload without a name. */
  readonly recordUnnamed: (reference: AttachmentReference) => void;
  /** Lets another upload ask after a failed one without a name. */
  readonly recordFailure: () => void;
  /** Puts names into URLs from now on, after the server refused an upload without a name. */
  readonly requireUrlName: () => void;
  /**
   * Compares the names on a work item with the requested ones.
   *
   * @returns Attachments with another name.
   */
  readonly check: (workItem: WorkItem, asked: readonly LinkableAttachment[]) => readonly LinkableAttachment[];
}

/** Creates the naming of a frame. */
export function createNaming({ answers, learn }: Pick<Learned, 'answers' | 'learn'>): Naming {
  const unnamed = new Set<AttachmentReference['id']>();
  let isAsking = false;

  return {
    tryWithoutName() {
      const { namesInRelations } = answers();
      if (namesInRelations !== undefined) return namesInRelations;
      if (isAsking) return false;
      isAsking = true;
      return true;
    },

    recordUnnamed: ({ id }) => void unnamed.add(id),
    recordFailure: () => void (isAsking = false),
    requireUrlName: () => learn({ namesInRelations: false }),

    check({ relations }, asked) {
      const shown = new Map(relations.map(({ url, name }) => [attachmentIdOf(url), name]));
      const misnamed = asked.filter(({ reference, name }) => (shown.get(reference.id) ?? name) !== name);
      const isAnswered = asked.some(({ reference: { id } }) => unnamed.has(id) && shown.has(id));
      if (misnamed.length > 0) learn({ namesInRelations: false });
      else if (isAnswered && answers().namesInRelations === undefined) learn({ namesInRelations: true });
      return misnamed;
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
