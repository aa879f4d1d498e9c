import type { DBSchema, IDBPDatabase } from 'idb';
import { openDB } from 'idb';
import type { Segment } from '../model/segment';
import type { IndexMeta } from './index-meta';

/** Key of a segment. */
export type SegmentKey = [partition: string, key: number];

/** Tables of the database. */
export interface Schema extends DBSchema {
  /** `writer`: the page that opened the index last; `usedAt`: milliseconds since the epoch. */
  indexes: { key: string; value: { writer: string; usedAt: number; meta: IndexMeta | undefined } };
  segments: { key: SegmentKey; value: Segment };
  /** Sizes of the files of each segment, to find those of one size without reading all segments. */
  sizes: { key: SegmentKey; value: Segment['sizes'] };
}

/** Name of the database. */
export const DATABASE = 'stapler-project-index';

/** Returns the keys of all segments of an index. */
export function segmentsOf(partition: string): IDBKeyRange {
  return IDBKeyRange.bound([partition], [partition, []]);
}

/**
 * Opens the database in the version of the page that writes it.
 *
 * @throws DOMException if there is none, or the browser refuses. Nothing is created.
 */
export async function openExisting(): Promise<IDBPDatabase<Schema>> {
  const db: IDBPDatabase<Schema> = await openDB<Schema>(DATABASE, undefined, {
    // Called only if there is no database: its creation is undone.
    upgrade(_db, _oldVersion, _newVersion, tx) {
      tx.done.catch(() => undefined);
      tx.abort();
    },
    blocking: () => db.close(),
  });
  return db;
}
