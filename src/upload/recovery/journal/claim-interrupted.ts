import type { BatchId, UploadId } from '../../upload';
import type { InterruptedUpload } from '../../upload-journal';
import { claimBatches, ownersOf } from './claims';
import type { Inventory } from './inventory';
import type { JournalChannel } from './journal-store';
import type { KeptBatch } from './kept-batch';
import { interruptedUpload } from './kept-batch';
import type { ResilientStore } from './resilient-store';

/** Batch claimed by this frame. */
export interface ClaimedBatch {
  readonly batch: KeptBatch;
  /** Uploads to resume; linked ones are left out. */
  readonly interrupted: readonly InterruptedUpload[];
  /** See `Journal.annotate`. */
  readonly note: Blob | undefined;
}

/** Key of the note among the files of a batch, in place of an upload id. */
export const NOTE: UploadId = '';

/** Dependencies of `createClaims`. */
export interface ClaimsOptions {
  readonly owner: string;
  readonly backend: Pick<ResilientStore, 'attempt' | 'getLeases' | 'withinTimeout'>;
  readonly inventory: Inventory;
  /** See `Recorder.adopt`. */
  readonly adopt: (batch: KeptBatch) => readonly UploadId[];
  readonly channel: JournalChannel | undefined;
  /** Called with uploads of a batch that another frame had meanwhile. */
  readonly onLost: (ids: readonly UploadId[]) => void;
}

/** Returns the function behind `Journal.claim`. */
export function createClaims(options: ClaimsOptions): (ids: readonly BatchId[]) => Promise<ClaimedBatch[]> {
  const { owner, backend, inventory, adopt, channel, onLost } = options;

  async function claimOne(batch: KeptBatch): Promise<ClaimedBatch> {
    const before = adopt(batch);
    if (before.length > 0) onLost(before);
    const files = await backend.attempt((store) => store.readFiles(batch.id), new Map<UploadId, Blob>());
    const fileOf = (id: UploadId): Blob | undefined => {
      const file: unknown = files.get(id);
      return file instanceof Blob ? file : undefined;
    };
    const open = batch.uploads.filter(({ stage }) => stage !== 'linked');
    return {
      batch,
      note: fileOf(NOTE),
      // A file without an entry was unknown when the page decided about automatic resume.
      interrupted: open.map((kept) =>
        interruptedUpload(kept, batch, kept.isFileKept ? fileOf(kept.id) : undefined),
      ),
    };
  }

  return async (ids) => {
    const wanted = inventory.find(ids);
    if (wanted.length === 0) return [];
    const expired = await backend
      .withinTimeout(backend.getLeases().expiredAmong(ownersOf(wanted)))
      .catch(() => new Set<string>());
    const wantedIds = wanted.map(({ id }) => id);
    const batches = await backend.attempt((store) => claimBatches(store, wantedIds, owner, expired), []);
    inventory.remove(wanted);
    const claimed = await Promise.all(batches.map(claimOne));
    channel?.notify();
    // Another frame was faster; its batches may become free once its lease expires.
    if (batches.length < wanted.length) inventory.refresh();
    return claimed;
  };
}
