import type { ItemAuthors, ProjectFile, ProjectIndex } from '../project-index';
import type { KnownContent } from '../duplicates/content-store';
import type { FacetCounts } from '../model/facets';
import type { RowSearch } from '../model/search-rows';
import type { IndexMeta } from '../store/index-meta';

/** Size of the index. */
export interface Totals {
  readonly items: number;
  readonly files: number;
}

/** The index as it was stored. */
export interface OpenedData extends Totals {
  /** `undefined` if nothing was stored, or only damaged data. */
  readonly meta: IndexMeta | undefined;
  readonly isKept: boolean;
}

/** Result of a search, without words for a person. */
export interface RawResult {
  readonly id: number;
  readonly count: number;
  readonly bytes: number;
  readonly facets: FacetCounts;
  /** See `ProjectResult`. */
  readonly firstRows: readonly ProjectFile[];
}

/** Keys of the data of one person in the storage of the browser. */
export interface DataPartition {
  /** Organization, project and person. */
  readonly index: string;
  /** Organization and person. */
  readonly contents: string;
}

/** Answers of the server to a batch of ids. */
export interface BatchAnswer {
  /** Name of the project: work items of others are left out. */
  readonly project: string;
  readonly ids: readonly number[];
  /** JSON of `workitemsbatch`. */
  readonly texts: readonly string[];
}

/**
 * Rows, storage and search of one index. It may be in a worker: arguments and results are copied. Calls run one after
 * the other.
 */
export interface ProjectData {
  /** Reads the stored index. */
  readonly open: () => Promise<OpenedData>;
  /**
   * Replaces work items by those of the answers; removes the ones without files and those that are missing. An older
   * revision never replaces a newer one.
   *
   * @throws ServerError `unexpected-answer` for anything but work items.
   */
  readonly apply: (answer: BatchAnswer) => Promise<Totals>;
  readonly removeItems: (ids: readonly number[]) => Promise<Totals>;
  /** Removes all other work items. @returns The ids that are not in the index. */
  readonly retain: (ids: readonly number[]) => Promise<readonly number[]>;
  /** Stores all changes. @returns Whether the index is kept. */
  readonly save: (meta: IndexMeta) => Promise<boolean>;
  /** Removes the index, also the stored one. */
  readonly clear: () => Promise<void>;
  readonly search: (search: RowSearch) => Promise<RawResult>;
  /** Returns rows of a result; none if a later result has replaced it. */
  readonly readRows: ProjectIndex['readRows'];
  readonly readReport: ProjectIndex['readReport'];
  readonly readDuplicates: ProjectIndex['readDuplicates'];
  readonly readCopies: ProjectIndex['readCopies'];
  readonly readCandidates: ProjectIndex['readCandidates'];
  readonly readAuthorless: ProjectIndex['readAuthorless'];
  /** Adds authors of files without one. @returns The number of these files. */
  readonly addAuthors: (items: readonly ItemAuthors[]) => Promise<number>;
  /** Reads the contents that are kept in this browser. @returns Whether one of them was new. */
  readonly readContents: () => Promise<boolean>;
  /** Adds contents by attachment GUID. @returns Whether one of them was new. */
  readonly addContents: (
    contents: readonly (readonly [attachmentId: string, content: KnownContent])[],
  ) => Promise<boolean>;
}
