import type { Problem } from '../../base/errors';
import type { StateStore } from '../../base/store';
import type { RemovedFile } from '../gallery-state';
import type { AttachedFile } from '../model/attached-file';
import type { FilesInHistory, RemovedEntry } from './history-model';

/** A change in progress. */
export interface HistoryWork {
  readonly step: 'checking' | 'copying' | 'linking' | 'undoing';
  /** Checked files, or copied bytes. */
  readonly done: number;
  readonly total: number;
}

/** Reason why a file was not restored. */
export interface RestoreFailure {
  readonly problem: Problem;
  /** Whether its bytes could not be read, or not be copied. */
  readonly isUnread: boolean;
}

/** Result of the last restoration. */
export interface Restoration {
  readonly isCopy: boolean;
  /** Files attached now, including those that another client has attached again meanwhile. */
  readonly restored: readonly RemovedEntry[];
  readonly failed: readonly RemovedEntry[];
  /** New links, as attached files. **Undo** removes these. */
  readonly linked: readonly AttachedFile[];
  /** Restored files that were in the bin of the gallery. */
  readonly fromBin: readonly RemovedFile[];
}

/** Action that can be repeated after a failure. */
export type HistoryAction = 'read' | 'restore' | 'copy' | 'undo';

/** State of a history. */
export interface HistoryState extends FilesInHistory {
  readonly isReading: boolean;
  readonly updatesRead: number;
  /** Whether the work item has more updates than are read. */
  readonly isCut: boolean;
  /** GUIDs of the selected removed files. */
  readonly selected: ReadonlySet<string>;
  /** GUIDs of removed files with a new copy by this history. */
  readonly copied: ReadonlySet<string>;
  readonly work: HistoryWork | undefined;
  readonly restoration: Restoration | undefined;
  /** Reasons of the last restoration, by GUID. */
  readonly failures: ReadonlyMap<string, RestoreFailure>;
  /** Failure of an action as a whole. */
  readonly failed: { readonly action: HistoryAction; readonly problem: Problem } | undefined;
}

/** Store of a history. */
export type HistoryStore = StateStore<HistoryState>;

/** State before the first reading. */
export const UNREAD: HistoryState = {
  entries: [],
  removed: [],
  isReading: true,
  updatesRead: 0,
  isCut: false,
  selected: new Set(),
  copied: new Set(),
  work: undefined,
  restoration: undefined,
  failures: new Map(),
  failed: undefined,
};

/** GUID of a removed file. */
export function idOf({ file }: Pick<RemovedFile, 'file'>): string {
  return file.reference.id;
}
