import type { AttachmentReference } from '../../azure/work-item';
import type { ReadonlyStore } from '../../base/store';
import type { KnownContent } from './duplicates/content-store';

/** Work item with attached files, as the index keeps it. */
export interface ProjectItem {
  readonly id: number;
  readonly title: string;
  /** Such as `Bug`. */
  readonly type: string;
  readonly state: string;
  /** Whether its state is in the category Completed or Removed. */
  readonly isClosed: boolean;
  /** Area path. */
  readonly area: string;
  /** Number of its attachments. */
  readonly fileCount: number;
}

/** Attached file of a project, as the index keeps it; a split file is one. */
export interface ProjectFile {
  readonly reference: AttachmentReference;
  readonly item: ProjectItem;
  readonly name: string;
  /** In bytes; `undefined` if unknown. */
  readonly size: number | undefined;
  /** Without the folder. */
  readonly comment: string;
  /** Folder that the file came from; empty if unknown. */
  readonly folder: string;
  /** Time of attaching, in milliseconds since the epoch; `NaN` if unknown. */
  readonly addedAt: number;
  /** Display name of the author; empty while unknown. */
  readonly addedBy: string;
  /** Whether a text of the work item uses the file. */
  readonly isInText: boolean;
  /** Whether another relation of the project has, or probably has, the same content. */
  readonly isDuplicate: boolean;
  /** Whether the equal contents are proven. Default: they are probable, by an equal name and size. */
  readonly hasSameContent?: boolean;
  /** Set for a split file: its attachments, at least one. Its reference is that of the first. */
  readonly parts?: readonly ProjectPart[];
}

/** Attachment that is a part of a split file. Its comment has the mark. */
export type ProjectPart = Pick<
  ProjectFile,
  'reference' | 'name' | 'size' | 'comment' | 'folder' | 'addedAt' | 'addedBy'
>;

/** Returns the attachments of a file: the parts of a split one, or itself. */
export function attachmentsOfFile(file: ProjectFile): readonly ProjectFile[] {
  const { parts, ...rest } = file;
  return parts?.map((part) => ({ ...rest, ...part })) ?? [file];
}

/** Sortable columns of search results. */
export const PROJECT_SORT_KEYS = ['name', 'size', 'addedAt', 'addedBy', 'item', 'area'] as const;

/** Sortable column of search results. */
export type ProjectSortKey = (typeof PROJECT_SORT_KEYS)[number];

/** A search in the index. */
export interface ProjectSearch {
  /** Words and conditions, such as `login type:log size:>10mb`; empty for all files. */
  readonly text: string;
  readonly sortBy: ProjectSortKey;
  readonly isDescending: boolean;
}

/** Properties to group files by. */
export const PROJECT_FACETS = ['type', 'size', 'person', 'area', 'state', 'month'] as const;

/** Property to group files by. */
export type ProjectFacet = (typeof PROJECT_FACETS)[number];

/** Files that share the value of a facet. */
export interface FacetGroup {
  readonly label: string;
  /** Condition to find just these files, such as `area:"Fabrikam\Billing"`. */
  readonly condition: string;
  readonly count: number;
  /** Sum of the known sizes. */
  readonly bytes: number;
}

/** A condition of a search that could not be understood. */
export interface SearchProblem {
  /** Condition as typed, such as `size:>10xb`. */
  readonly condition: string;
  /** Sentence for the person. */
  readonly message: string;
}

/** Result of a search; valid until the index changes. */
export interface ProjectResult {
  /** Identifies the result for `readRows` and `readAll`. */
  readonly id: number;
  readonly count: number;
  /** Sum of the known sizes. */
  readonly bytes: number;
  /** Largest groups first; months in order. */
  readonly facets: Readonly<Record<ProjectFacet, readonly FacetGroup[]>>;
  /** Ignored conditions. */
  readonly problems: readonly SearchProblem[];
  /** The first rows, at most `FIRST_ROWS`, without a second call. */
  readonly firstRows?: readonly ProjectFile[];
}

/** Rows that come with a result. */
export const FIRST_ROWS = 100;

/** Figures of a search result for the report. */
export interface ProjectReport {
  readonly largest: readonly ProjectFile[];
  /** Oldest files on closed work items. */
  readonly oldestOnClosed: readonly ProjectFile[];
  /** Work items with 80 or more attachments, fullest first. */
  readonly nearLimit: readonly ProjectItem[];
  readonly duplicates: DuplicateSummary;
  readonly authors: AuthorCost;
}

/** Cost of finding unknown authors. */
export interface AuthorCost {
  /** Files without a known author. */
  readonly files: number;
  /** About. */
  readonly requests: number;
}

/** Authors found in the history of a work item. */
export interface ItemAuthors {
  readonly workItemId: number;
  /** Display names by attachment GUID. */
  readonly authors: ReadonlyMap<string, string>;
}

/** Figures of groups of duplicates. */
export interface DuplicateFigures {
  readonly groups: number;
  /** Bytes of all attachments but the oldest of each group. */
  readonly copyBytes: number;
  /** See `DuplicateSet`. */
  readonly freedBytes: number;
}

/** Highest cost of comparing contents. */
export interface CompareCost {
  /** Attachments to read; 0 if nothing is left to compare. */
  readonly files: number;
  /** At most. */
  readonly bytes: number;
  /** About. */
  readonly requests: number;
}

/** Figures of the duplicates among found files. */
export interface DuplicateSummary {
  /** Groups with contents proven to be equal. */
  readonly proven: DuplicateFigures;
  /** Groups with an equal name and size. */
  readonly probable: DuplicateFigures;
  readonly cost: CompareCost;
}

/** Found files with the same content, or probably the same. */
export interface DuplicateSet {
  /** Condition to find just these files. */
  readonly condition: string;
  readonly isProven: boolean;
  /** Of each file, in bytes. */
  readonly size: number;
  /** The oldest first. */
  readonly files: readonly ProjectFile[];
  /** Number of attachments besides the oldest: links to one upload count once. */
  readonly copies: number;
  /** Bytes that are freed if the oldest stays, and all that a text or a file outside the result uses. */
  readonly freedBytes: number;
}

/** State of the index. */
export interface IndexState {
  readonly phase:
    /** The stored index is being opened. */
    | 'opening'
    /** There is no index yet; `estimate` tells its cost. */
    | 'empty'
    | 'indexing'
    | 'paused'
    | 'refreshing'
    | 'ready'
    /** `error` tells why. The index may be incomplete. */
    | 'failed';
  /** Requests needed for the first index. */
  readonly estimate?: { readonly items: number; readonly requests: number };
  /** Work items read and to be read. */
  readonly progress?: { readonly done: number; readonly total: number };
  /** Time of the last complete refresh, in milliseconds since the epoch. */
  readonly asOf?: number;
  readonly items: number;
  readonly files: number;
  /** Whether the index is kept after the page is closed: not if the browser bars storage. */
  readonly isKept: boolean;
  /** Increases with each change of the index. */
  readonly version: number;
  readonly error?: unknown;
}

/** All attached files of a project that the signed-in person can read. */
export interface ProjectIndex {
  readonly state: ReadonlyStore<IndexState>;
  /** Opens the stored index and refreshes it, or estimates the cost of the first one. */
  readonly open: () => Promise<void>;
  /** Begins or resumes the first index. */
  readonly build: () => Promise<void>;
  readonly pause: () => void;
  readonly refresh: () => Promise<void>;
  /** Removes the stored index of this project. */
  readonly remove: () => Promise<void>;
  /**
   * Searches, replacing a search still in progress.
   *
   * @throws CancelledError if another search replaced it.
   */
  readonly search: (search: ProjectSearch) => Promise<ProjectResult>;
  /** Returns rows of a result, from `start`; none if the result is no longer valid. */
  readonly readRows: (resultId: number, start: number, count: number) => Promise<readonly ProjectFile[]>;
  /** Returns the report on a result. */
  readonly readReport: (resultId: number) => Promise<ProjectReport>;
  /** Returns groups of duplicates in a result, those that free the most bytes first. */
  readonly readDuplicates: (
    resultId: number,
    start: number,
    count: number,
  ) => Promise<readonly DuplicateSet[]>;
  /**
   * Returns the rows of a result that can be removed because the same content stays, ascending: never the oldest of a
   * group, no attachment that a text or a file outside the result uses, and none of probable groups.
   */
  readonly readCopies: (resultId: number) => Promise<readonly number[]>;
  /** Returns files of a result to compare, from `start`; those of one size follow each other. */
  readonly readCandidates: (
    resultId: number,
    start: number,
    count: number,
  ) => Promise<readonly ProjectFile[]>;
  /** Returns the work items of a result that have a file without a known author, ascending. */
  readonly readAuthorless: (resultId: number) => Promise<readonly number[]>;
  /** Adds and keeps authors of files without one. @returns The number of these files. */
  readonly addAuthors: (items: readonly ItemAuthors[]) => Promise<number>;
  /** Adds known contents by attachment GUID: they prove duplicates. */
  readonly addContents: (
    contents: readonly (readonly [attachmentId: string, content: KnownContent])[],
  ) => Promise<void>;
  /** Searches for one dialog at a time. Their results do not replace those on the screen. */
  readonly aside: Pick<ProjectIndex, 'search' | 'readRows'>;
  /** Applies a change made by this page, before the next refresh: removed or renamed files of work items. */
  readonly onItemChanged: (...workItemIds: readonly number[]) => Promise<void>;
}
