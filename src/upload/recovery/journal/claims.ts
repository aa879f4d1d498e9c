import { createKeyedMutex } from '../../../base/async';
import type { BatchId } from '../../upload';
import type { JournalStore } from './journal-store';
import type { KeptBatch } from './kept-batch';
import { readBatches } from './read-batch';

/** Distinct owners of `batches`. */
export function ownersOf(batches: readonly KeptBatch[]): ReadonlySet<string> {
  return new Set(batches.map(({ owner }) => owner));
}

/** Frame that created a batch: its name and a dash begin the id (`UploadQueueOptions.idPrefix`). */
export function creatorOf(id: BatchId): string {
  return id.split('-', 1)[0] ?? id;
}

/** Gives `owner` the batches of expired owners. Returns those it got. */
export async function claimBatches(
  store: JournalStore,
  ids: readonly BatchId[],
  owner: string,
  expired: ReadonlySet<string>,
): Promise<readonly KeptBatch[]> {
  return readBatches(await store.claim(ids, owner, expired));
}

/** Batches held by one call at a time: the journal stores the owner of a batch, but not the call. */
export interface Holds {
  /** Waits until no other call holds one of these batches, and holds them. */
  readonly acquire: (ids: readonly BatchId[]) => Promise<void>;
  readonly release: (id: BatchId) => void;
}

/** Creates holds for the calls of one frame. */
export function createHolds(): Holds {
  const mutex = createKeyedMutex<BatchId>();
  const releases = new Map<BatchId, () => void>();
  return {
    async acquire(ids) {
      await Promise.all(ids.map(async (id) => releases.set(id, await mutex.acquire([id]))));
    },
    release(id) {
      releases.get(id)?.();
      releases.delete(id);
    },
  };
}
