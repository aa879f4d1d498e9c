import type { DBSchema, IDBPDatabase } from 'idb';
import { openDB } from 'idb';
import type { BatchId, UploadId } from '../../upload';
import type { ConnectedStore } from './freezable-store';
import type { JournalStore } from './journal-store';
import type { KeptBatch } from './kept-batch';

type BatchKey = [partition: string, id: BatchId];
type FileKey = [partition: string, batchId: BatchId, id: UploadId];

interface Schema extends DBSchema {
  batches: { key: BatchKey; value: KeptBatch; indexes: { changedAt: number } };
  files: { key: FileKey; value: Blob };
  'set-aside': {
    key: BatchKey;
    value: { partition: string; id: BatchId; changedAt: number; value: unknown };
    indexes: { changedAt: number };
  };
  leases: { key: string; value: { owner: string; until: number } };
}

const DATABASE = 'stapler-journal';

type Migration = (db: IDBPDatabase<Schema>) => void;

/** Migrations, one per version of the database. A published migration never changes. */
const MIGRATIONS: readonly Migration[] = [
  (db) => {
    for (const name of ['batches', 'set-aside'] as const) {
      db.createObjectStore(name, { keyPath: ['partition', 'id'] }).createIndex('changedAt', 'changedAt');
    }
    db.createObjectStore('files');
    db.createObjectStore('leases', { keyPath: 'owner' });
  },
];

/** Survives a crash of the machine as well. Writes are few. */
const STRICT: IDBTransactionOptions = { durability: 'strict' };

/** Begins a transaction that `close` aborts. */
type Begin = IDBPDatabase<Schema>['transaction'];

/** Transactions on the entries of one partition. */
interface Scope {
  readonly begin: Begin;
  readonly partition: string;
  /** Keys of the partition. */
  readonly all: IDBKeyRange;
  /** Keys of the files of a batch. */
  readonly ofBatch: (id: BatchId) => IDBKeyRange;
}

/** For requests of a transaction: its `done` reports their failures. */
function quietly(request: Promise<unknown>): void {
  request.catch(() => undefined);
}

/**
 * Opens the journal's database.
 *
 * @param partition Organization and user; entries of others are invisible.
 * @param onGone Called when the browser closes the database, or a newer version of Stapler upgrades it.
 * @throws DOMException if the browser stores nothing for this frame.
 */
export async function openIndexedDbStore(partition: string, onGone: () => void): Promise<ConnectedStore> {
  const db = await openDB<Schema>(DATABASE, MIGRATIONS.length, {
    upgrade(database, oldVersion) {
      for (const migrate of MIGRATIONS.slice(oldVersion)) migrate(database);
    },
    blocking() {
      // Removals requested before `close` still complete.
      onGone();
      db.close();
    },
    terminated: onGone,
  });
  const transactions = new Set<{ readonly abort: () => void }>();
  const begin: Begin = (names: never, mode?: IDBTransactionMode, options?: IDBTransactionOptions): never => {
    const tx = db.transaction(names, mode, options);
    transactions.add(tx);
    quietly(tx.done.finally(() => transactions.delete(tx)));
    return tx as never;
  };
  const scope: Scope = {
    begin,
    partition,
    all: IDBKeyRange.bound([partition], [partition, []]),
    ofBatch: (id) => IDBKeyRange.bound([partition, id], [partition, id, []]),
  };
  return {
    ...createBatchCalls(scope),
    ...createFileCalls(scope),
    ...createCleaningCalls(scope),

    async readLeases() {
      const leases = await begin('leases').store.getAll();
      return new Map(leases.map(({ owner, until }) => [owner, until]));
    },

    async renewLease(owner, until) {
      const tx = begin('leases', 'readwrite');
      quietly(tx.store.put({ owner, until }));
      await tx.done;
    },

    close() {
      for (const tx of transactions) {
        try {
          tx.abort();
        } catch {
          // Committed in between.
        }
      }
      db.close();
    },
  };
}

type BatchCall = 'readBatches' | 'add' | 'save' | 'claim' | 'setAside' | 'countSetAside' | 'releaseOwnership';

function createBatchCalls(scope: Scope): Pick<JournalStore, BatchCall> {
  const { begin, partition, all, ofBatch } = scope;
  return {
    async readBatches() {
      const tx = begin('batches');
      const [keys, values] = await Promise.all([tx.store.getAllKeys(all), tx.store.getAll(all)]);
      return new Map(keys.map(([, id], index) => [id, values[index]]));
    },

    async add(batches) {
      const tx = begin('batches', 'readwrite', STRICT);
      for (const batch of batches) quietly(tx.store.put(batch));
      await tx.done;
    },

    async save(batches) {
      // Without the store of files: a large file being kept there would delay each save beyond the timeout.
      const tx = begin('batches', 'readwrite', STRICT);
      const lost: BatchId[] = [];
      const forgotten: BatchId[] = [];
      const emptied: BatchId[] = [];
      const saveOne = async (batch: KeptBatch): Promise<void> => {
        const { id, owner, uploads } = batch;
        const stored = await tx.objectStore('batches').get([partition, id]);
        if (!stored) forgotten.push(id);
        else if (stored.owner !== owner) lost.push(id);
        else if (uploads.length > 0) await tx.objectStore('batches').put(batch);
        else {
          await tx.objectStore('batches').delete([partition, id]);
          emptied.push(id);
        }
      };
      await Promise.all([...batches.map(saveOne), tx.done]);
      void removeFilesOf(scope, emptied);
      return { lost, discarded: forgotten };
    },

    async claim(ids, owner, expired) {
      const tx = begin('batches', 'readwrite', STRICT);
      const claimed: unknown[] = [];
      for (const id of ids) {
        const batch = await tx.store.get([partition, id]);
        if (!batch || !expired.has(batch.owner)) continue;
        claimed.push({ ...batch, owner });
        await tx.store.put({ ...batch, owner });
      }
      await tx.done;
      return claimed;
    },

    async setAside(ids, now) {
      const tx = begin(['batches', 'files', 'set-aside'], 'readwrite');
      for (const id of ids) {
        const value: unknown = await tx.objectStore('batches').get([partition, id]);
        await tx.objectStore('set-aside').put({ partition, id, changedAt: now, value });
        await tx.objectStore('batches').delete([partition, id]);
        await tx.objectStore('files').delete(ofBatch(id));
      }
      await tx.done;
    },

    countSetAside: () => begin('set-aside').store.count(all),

    async releaseOwnership(owner, ids) {
      const tx = begin(['batches', 'files'], 'readwrite', STRICT);
      const own: BatchId[] = [];
      for (const id of ids) {
        const batch = await tx.objectStore('batches').get([partition, id]);
        if (batch?.owner !== owner) continue;
        own.push(id);
        await tx.objectStore('batches').delete([partition, id]);
        await tx.objectStore('files').delete(ofBatch(id));
      }
      await tx.done;
      return own;
    },
  };
}

function createFileCalls(
  scope: Scope,
): Pick<JournalStore, 'keepFile' | 'readFiles' | 'dropFiles' | 'sweepFiles'> {
  const { begin, partition, all, ofBatch } = scope;
  return {
    async keepFile(batchId, id, file) {
      const tx = begin('files', 'readwrite');
      quietly(tx.store.put(file, [partition, batchId, id]));
      await tx.done;
    },

    async readFiles(batchId) {
      const tx = begin('files');
      const range = ofBatch(batchId);
      const [keys, files] = await Promise.all([tx.store.getAllKeys(range), tx.store.getAll(range)]);
      return new Map(keys.flatMap(([, , id], index) => (files[index] ? [[id, files[index]]] : [])));
    },

    async dropFiles(batchId, ids) {
      const tx = begin('files', 'readwrite');
      for (const id of ids) quietly(tx.store.delete([partition, batchId, id]));
      await tx.done;
    },

    async sweepFiles(findGone) {
      // Files first: a batch is added before its files. Two transactions, since a large file must not delay batches.
      const files = await begin('files').store.getAllKeys(all);
      const batches = new Set((await begin('batches').store.getAllKeys(all)).map(([, id]) => id));
      const missing = new Set(files.map(([, id]) => id).filter((id) => !batches.has(id)));
      await removeFilesOf(scope, [...(await findGone(missing))]);
    },
  };
}

function createCleaningCalls({ begin, all }: Scope): Pick<JournalStore, 'expire' | 'clear'> {
  return {
    async expire(before) {
      const tx = begin(['batches', 'files', 'set-aside', 'leases'], 'readwrite');
      const range = IDBKeyRange.upperBound(before, true);
      for (const name of ['batches', 'set-aside'] as const) {
        const keys = await tx.objectStore(name).index('changedAt').getAllKeys(range);
        for (const [ofPartition, id] of keys) {
          await tx.objectStore(name).delete([ofPartition, id]);
          if (name === 'batches')
            await tx.objectStore('files').delete(IDBKeyRange.bound([ofPartition, id], [ofPartition, id, []]));
        }
      }
      for (const { owner, until } of await tx.objectStore('leases').getAll()) {
        if (until < before) await tx.objectStore('leases').delete(owner);
      }
      await tx.done;
    },

    async clear() {
      const tx = begin(['batches', 'files', 'set-aside'], 'readwrite', STRICT);
      for (const name of ['batches', 'files', 'set-aside'] as const)
        quietly(tx.objectStore(name).delete(all));
      await tx.done;
    },
  };
}

/** Removes the files of removed batches. Never rejects. */
async function removeFilesOf({ begin, ofBatch }: Scope, ids: readonly BatchId[]): Promise<void> {
  if (ids.length === 0) return;
  try {
    const tx = begin('files', 'readwrite');
    for (const id of ids) quietly(tx.store.delete(ofBatch(id)));
    await tx.done;
  } catch {
    // Closed in between.
  }
}
