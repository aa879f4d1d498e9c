import type { BatchId, UploadId } from '../../upload';
import type { KeptBatch } from './kept-batch';

/** What came of writing batches. */
export interface SaveResult {
  /** Another frame owns them by now. */
  readonly lost: readonly BatchId[];
  /** They were forgotten, and stay so. */
  readonly discarded: readonly BatchId[];
}

/**
 * Where a journal is kept, for one organisation and user. Each call is one transaction: it happens as a whole or not
 * at all. What is read is `unknown`, since another version may have written it.
 *
 * All calls may reject; then the store is of no use any more, but for `keepFile`, which may only lack the room.
 */
export interface JournalStore {
  /** Every batch as it stands there, by its id. */
  readonly readBatches: () => Promise<ReadonlyMap<BatchId, unknown>>;
  /** Writes batches that are new. */
  readonly add: (batches: readonly KeptBatch[]) => Promise<void>;
  /** Writes batches anew whose owner has not changed. One without uploads goes, with its files. */
  readonly save: (batches: readonly KeptBatch[]) => Promise<SaveResult>;
  /**
   * Gives batches to `owner`, if those that have them now are among `gone`.
   *
   * @returns Those that are the owner's now, as they stand there.
   */
  readonly claim: (
    ids: readonly BatchId[],
    owner: string,
    gone: ReadonlySet<string>,
  ) => Promise<readonly unknown[]>;
  /** Moves a batch that cannot be understood to where nobody trips over it. */
  readonly setAside: (ids: readonly BatchId[], now: number) => Promise<void>;
  /** How many were set aside. */
  readonly countSetAside: () => Promise<number>;
  readonly keepFile: (batchId: BatchId, id: UploadId, file: Blob) => Promise<void>;
  readonly readFiles: (batchId: BatchId) => Promise<ReadonlyMap<UploadId, Blob>>;
  readonly dropFiles: (batchId: BatchId, ids: readonly UploadId[]) => Promise<void>;
  /** Removes what was changed last before that moment, of every organisation and user. */
  readonly expire: (before: number) => Promise<void>;
  /**
   * Removes those of the batches that the owner has.
   *
   * @returns Which ones it had.
   */
  readonly releaseOwnership: (owner: string, ids: readonly BatchId[]) => Promise<readonly BatchId[]>;
  /** Removes everything of this organisation and user. */
  readonly clear: () => Promise<void>;
  /** Until when each owner that said so is there, in milliseconds since the epoch. */
  readonly readLeases: () => Promise<ReadonlyMap<string, number>>;
  readonly renewLease: (owner: string, until: number) => Promise<void>;
}
