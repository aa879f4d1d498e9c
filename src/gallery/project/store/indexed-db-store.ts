import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { openDB } from 'idb';
import type { Segment } from '../model/segment';
import type { Schema, SegmentKey } from './database';
import { DATABASE, segmentsOf } from './database';
import type { ProjectStore } from './project-store';

/** An index that was not used for so long is removed, in milliseconds. */
const MAX_AGE_MS = 60 * 24 * 60 * 60 * 1000;

type Migration = (
  db: IDBPDatabase<Schema>,
  tx: IDBPTransaction<Schema, ('indexes' | 'segments' | 'sizes')[], 'versionchange'>,
) => void;

/** Migrations, one per version of the database. A published migration never changes. */
const MIGRATIONS: readonly Migration[] = [
  (db) => {
    db.createObjectStore('indexes');
    db.createObjectStore('segments');
  },
  (db, tx) => {
    db.createObjectStore('sizes');
    void copySizes(tx);
  },
];

/** Adds the sizes of the segments of an earlier version. Damaged ones are dropped with the index, once it is opened. */
async function copySizes(tx: Parameters<Migration>[1]): Promise<void> {
  for (let cursor = await tx.objectStore('segments').openCursor(); cursor; cursor = await cursor.continue()) {
    const { sizes } = cursor.value as Partial<Segment>;
    if (sizes) await tx.objectStore('sizes').put(sizes, cursor.key);
  }
}

/** Dependencies of `createIndexedDbStore`. */
export interface IndexedDbOptions {
  /** Organization, project and person; indexes of others are invisible. */
  readonly partition: string;
  /** Unique for this page. */
  readonly writer: string;
  /** Returns the time in milliseconds since the epoch. */
  readonly now: () => number;
}

/** Creates the storage in IndexedDB. */
export function createIndexedDbStore({ partition, writer, now }: IndexedDbOptions): ProjectStore {
  let database: Promise<IDBPDatabase<Schema>> | undefined;

  function connect(): Promise<IDBPDatabase<Schema>> {
    database ??= openDB<Schema>(DATABASE, MIGRATIONS.length, {
      upgrade(db, oldVersion, _version, tx) {
        for (const migrate of MIGRATIONS.slice(oldVersion)) migrate(db, tx);
      },
      blocking: close,
      terminated: close,
    });
    return database;
  }

  /** The next call connects again. */
  function close(): void {
    void database?.then(
      (db) => db.close(),
      () => undefined,
    );
    database = undefined;
  }

  async function removeOld(db: IDBPDatabase<Schema>): Promise<void> {
    const tx = db.transaction(['indexes', 'segments', 'sizes'], 'readwrite');
    for (
      let cursor = await tx.objectStore('indexes').openCursor();
      cursor;
      cursor = await cursor.continue()
    ) {
      if (now() - cursor.value.usedAt < MAX_AGE_MS) continue;
      await tx.objectStore('segments').delete(segmentsOf(cursor.key));
      await tx.objectStore('sizes').delete(segmentsOf(cursor.key));
      await cursor.delete();
    }
    await tx.done;
  }

  return {
    async open() {
      const db = await connect();
      await removeOld(db);
      const tx = db.transaction(['indexes', 'segments'], 'readwrite');
      const indexes = tx.objectStore('indexes');
      const stored = await indexes.get(partition);
      await indexes.put({ writer, usedAt: now(), meta: stored?.meta }, partition);
      const range = segmentsOf(partition);
      const [keys, values] = await Promise.all([
        tx.objectStore('segments').getAllKeys(range),
        tx.objectStore('segments').getAll(range),
      ]);
      await tx.done;
      return {
        meta: stored?.meta,
        segments: new Map(keys.map(([, key], index) => [key, values[index]])),
      };
    },

    async save(meta, segments) {
      const db = await connect();
      const tx = db.transaction(['indexes', 'segments', 'sizes'], 'readwrite');
      const stored = await tx.objectStore('indexes').get(partition);
      if (stored?.writer !== writer) {
        await tx.done;
        return false;
      }
      const requests: Promise<unknown>[] = [
        tx.objectStore('indexes').put({ writer, usedAt: now(), meta }, partition),
      ];
      for (const [key, segment] of segments) {
        const place: SegmentKey = [partition, key];
        const [store, sizes] = [tx.objectStore('segments'), tx.objectStore('sizes')];
        requests.push(segment ? store.put(segment, place) : store.delete(place));
        requests.push(segment ? sizes.put(segment.sizes, place) : sizes.delete(place));
      }
      await Promise.all([...requests, tx.done]);
      return true;
    },

    async clear() {
      const db = await connect();
      const tx = db.transaction(['indexes', 'segments', 'sizes'], 'readwrite');
      await Promise.all([
        tx.objectStore('indexes').put({ writer, usedAt: now(), meta: undefined }, partition),
        tx.objectStore('segments').delete(segmentsOf(partition)),
        tx.objectStore('sizes').delete(segmentsOf(partition)),
        tx.done,
      ]);
    },
  };
}
