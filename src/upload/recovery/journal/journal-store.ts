import type { BatchId, UploadId } from '../../upload';
import type { KeptBatch } from './kept-batch';

/** Result of saving batches. */
export interface SaveResult {
  /** Batches owned by another frame by now. */
  readonly lost: readonly BatchId[];
  /** Batches discarded meanwhile. They stay so. */
  readonly discarded: readonly BatchId[];
}

/**
 * Storage of a journal, for one organization and user. Each call is one transaction: all or nothing. Stored values are
 * `unknown`, since another version may have written them.
 *
 * All calls may reject. The store is unusable afterwards, except after `keepFile`, which may only lack space.
 */
export interface JournalStore {
  /** All stored batches, by id. */
  readonly readBatches: () => Promise<ReadonlyMap<BatchId, unknown>>;
  /** Adds new batches. */
  readonly add: (batches: readonly KeptBatch[]) => Promise<void>;
  /** Saves batches with an unchanged owner. A batch without uploads is removed with its files. */
  readonly save: (batches: readonly KeptBatch[]) => Promise<SaveResult>;
  /**
   * Gives `owner` those batches whose current owner is among `expired`.
   *
   * @returns The claimed batches, as stored.
   */
  readonly claim: (
    ids: readonly BatchId[],
    owner: string,
    expired: ReadonlySet<string>,
  ) => Promise<readonly unknown[]>;
  /** Moves unreadable batches out of the way. */
  readonly setAside: (ids: readonly BatchId[], now: number) => Promise<void>;
  /** Number of batches set aside. */
  readonly countSetAside: () => Promise<number>;
  readonly keepFile: (batchId: BatchId, id: UploadId, file: Blob) => Promise<void>;
  readonly readFiles: (batchId: BatchId) => Promise<ReadonlyMap<UploadId, Blob>>;
  readonly dropFiles: (batchId: BatchId, ids: readonly UploadId[]) => Promise<void>;
  /**
   * Removes files of missing batches: their frame was gone before it could remove them.
   *
   * @param findGone Returns those batches whose frame is gone. Files of others may be waiting for their batch.
   */
  readonly sweepFiles: (findGone: (ids: ReadonlySet<BatchId>) => Promise<Iterable<BatchId>>) => Promise<void>;
  /** Removes entries last changed before this time, of every organization and user. */
  readonly expire: (before: number) => Promise<void>;
  /**
   * Removes those of the batches owned by `owner`.
   *
   * @returns The removed batches.
   */
  readonly releaseOwnership: (owner: string, ids: readonly BatchId[]) => Promise<readonly BatchId[]>;
  /** Removes all entries of this organization and user. */
  readonly clear: () => Promise<void>;
  /** Expiry of each owner's lease, in milliseconds since the epoch. */
  readonly readLeases: () => Promise<ReadonlyMap<string, number>>;
  readonly renewLease: (owner: string, until: number) => Promise<void>;
}

/** Notifications between frames with the same journal. They replace polling. */
export interface JournalChannel {
  /** Tells other frames about changes. */
  readonly notify: () => void;
  readonly onNotify: (listener: () => void) => void;
}
