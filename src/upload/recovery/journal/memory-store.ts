import type { BatchId, UploadId } from '../../upload';
import type { JournalStore } from './journal-store';
import type { KeptBatch } from './kept-batch';

/** Creates a store in memory, for the lifetime of the page. */
export function createMemoryStore(): JournalStore {
  const batches = new Map<BatchId, KeptBatch>();
  const files = new Map<BatchId, Map<UploadId, Blob>>();
  const setAside = new Set<BatchId>();
  const leases = new Map<string, number>();

  function remove(id: BatchId): void {
    batches.delete(id);
    files.delete(id);
  }

  function removeWhere(matches: (batch: KeptBatch) => boolean): readonly BatchId[] {
    const ids = [...batches.values()].filter(matches).map(({ id }) => id);
    ids.forEach(remove);
    return ids;
  }

  return {
    readBatches: () => soon(() => new Map(batches)),

    add: (added) =>
      soon(() => {
        for (const batch of added) batches.set(batch.id, batch);
      }),

    save: (saved) =>
      soon(() => {
        const discarded = saved.filter(({ id }) => !batches.has(id));
        const lost = saved.filter(({ id, owner }) => batches.has(id) && batches.get(id)?.owner !== owner);
        for (const batch of saved) {
          if (discarded.includes(batch) || lost.includes(batch)) continue;
          if (batch.uploads.length === 0) remove(batch.id);
          else batches.set(batch.id, batch);
        }
        return { lost: lost.map(({ id }) => id), discarded: discarded.map(({ id }) => id) };
      }),

    claim: (ids, owner, expired) =>
      soon(() =>
        ids.flatMap((id) => {
          const batch = batches.get(id);
          if (!batch || !expired.has(batch.owner)) return [];
          const claimed = { ...batch, owner };
          batches.set(id, claimed);
          return [claimed];
        }),
      ),

    setAside: (ids) =>
      soon(() => {
        for (const id of ids) {
          setAside.add(id);
          remove(id);
        }
      }),

    countSetAside: () => soon(() => setAside.size),

    keepFile: (batchId, id, file) =>
      soon(() => {
        files.set(batchId, (files.get(batchId) ?? new Map<UploadId, Blob>()).set(id, file));
      }),

    readFiles: (batchId) => soon(() => new Map(files.get(batchId))),

    dropFiles: (batchId, ids) =>
      soon(() => {
        for (const id of ids) files.get(batchId)?.delete(id);
      }),

    async sweepFiles(findGone) {
      const missing = new Set([...files.keys()].filter((id) => !batches.has(id)));
      for (const id of await findGone(missing)) files.delete(id);
    },

    expire: (before) =>
      soon(() => {
        removeWhere(({ changedAt }) => changedAt < before);
      }),

    releaseOwnership: (owner, ids) =>
      soon(() => removeWhere((batch) => batch.owner === owner && ids.includes(batch.id))),

    clear: () =>
      soon(() => {
        removeWhere(() => true);
        setAside.clear();
      }),

    readLeases: () => soon(() => new Map(leases)),

    renewLease: (owner, until) =>
      soon(() => {
        leases.set(owner, until);
      }),
  };
}

/** Runs asynchronously, like a database. */
function soon<T>(task: () => T): Promise<T> {
  return Promise.resolve().then(task);
}
