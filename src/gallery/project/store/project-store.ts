import type { Segment } from '../model/segment';
import type { IndexMeta } from './index-meta';

/** Stored index, unchecked. */
export interface StoredIndex {
  /** `undefined` if nothing is stored. */
  readonly meta: unknown;
  /** Segments by key. */
  readonly segments: ReadonlyMap<number, unknown>;
}

/** Storage of the index of one project and person. All methods reject if the browser refuses. */
export interface ProjectStore {
  /** Reads the index. From now on this page writes it, and no other one. */
  readonly open: () => Promise<StoredIndex>;
  /**
   * Stores the facts and the changed segments, all or nothing; `undefined` removes a segment.
   *
   * @returns Whether this page still writes the index: not after another page has opened it.
   */
  readonly save: (meta: IndexMeta, segments: ReadonlyMap<number, Segment | undefined>) => Promise<boolean>;
  /** Removes the index. */
  readonly clear: () => Promise<void>;
}
