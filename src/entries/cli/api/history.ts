import type { WorkItem } from '../../../azure/work-item';
import { history as readHistory } from '../../../engine/history/read-history';
import type { RestoreRow } from '../../../engine/history/restore';
import { restore as restoreWithEngine } from '../../../engine/history/restore';
import type { FileEvent } from '../history/file-events';
import { fileEventsOf } from '../history/file-events';
import type { Connection } from './connection';
import { engineOf } from './connection';
import type { Failure } from './failure';
import { withFailure } from './failure';

/** A work item, as results name it. */
export interface WorkItemFacts {
  readonly id: number;
  /** Such as `Bug`. */
  readonly type: string;
  readonly title: string;
}

/** Work item with a history. */
export interface HistoryOrder {
  readonly workItemId: number;
}

/** Options of `history`. */
export interface HistoryOptions {
  /** Ends the call. */
  readonly signal?: AbortSignal;
  /** Called after each request with the number of updates read so far. */
  readonly onProgress?: (updates: number) => void;
}

/** Result of `history`. */
export interface HistoryResult {
  readonly workItem: WorkItemFacts;
  /** Oldest first. */
  readonly events: readonly FileEvent[];
  /** Whether the work item has more than 50,000 updates, and the latest are missing. */
  readonly isCut: boolean;
}

/**
 * Reads who attached, renamed, commented, replaced and removed files of a work item.
 *
 * @throws StaplerError if it cannot be read; CancelledError after an abort.
 */
export async function history(
  connection: Connection,
  { workItemId }: HistoryOrder,
  options: HistoryOptions = {},
): Promise<HistoryResult> {
  const engine = engineOf(connection);
  const found = await readHistory(engine, workItemId, options);
  return {
    workItem: factsOf(found.workItem),
    events: fileEventsOf(found, engine.services.runtime.now()),
    isCut: found.isCut,
  };
}

/** Removed files of a work item, to be attached again. */
export interface RestoreOrder {
  readonly workItemId: number;
  /** Names or GUIDs of removed files. */
  readonly files: readonly string[] | 'all';
  /** Whether the files are uploaded as new copies. Default: false, the same attachments are linked again. */
  readonly asCopy?: boolean;
  /** Whether to check only whether the files can be read. Default: false. */
  readonly dryRun?: boolean;
}

/** Options of `restore`. */
export interface RestoreOptions {
  /** Ends the call; an equal one continues it later. */
  readonly signal?: AbortSignal;
  /** Called with the number of checked files, or of copied bytes with `asCopy`. */
  readonly onProgress?: (done: number) => void;
}

/** Result for one file of `restore`. */
export interface RestoredFile {
  /** GUID of the removed attachment. */
  readonly id: string;
  readonly name: string;
  /** `restorable`: its bytes can be read (`dryRun`). `unreadable`: the server does not send them. */
  readonly outcome: 'restored' | 'copied' | 'already-attached' | 'restorable' | 'unreadable' | 'failed';
  /** Set for a failure. */
  readonly problem?: Failure;
}

/** Result of `restore`. If names are unknown or ambiguous, nothing was changed. */
export interface RestoreResult {
  readonly workItem: WorkItemFacts;
  readonly files: readonly RestoredFile[];
  /** Names and GUIDs without a file. */
  readonly unknown: readonly string[];
  /** Names of several removed files, with their GUIDs. */
  readonly ambiguous: readonly { readonly name: string; readonly ids: readonly string[] }[];
}

/**
 * Attaches removed files again, each exactly once, if Azure DevOps still has them. It keeps them for 28 days.
 *
 * @throws StaplerError if the work item or its history cannot be read; CancelledError after an abort. Any other failure is
 *   in the result.
 */
export async function restore(
  connection: Connection,
  { workItemId, files, asCopy = false, dryRun = false }: RestoreOrder,
  options: RestoreOptions = {},
): Promise<RestoreResult> {
  const order = { workItemId, files, isCopy: asCopy, isDryRun: dryRun };
  const { workItem, rows, unknown, ambiguous } = await restoreWithEngine(
    engineOf(connection),
    order,
    options,
  );
  return {
    workItem: factsOf(workItem),
    files: rows.map(restoredOf),
    unknown,
    ambiguous: [...ambiguous].map(([name, removed]) => ({
      name,
      ids: removed.map(({ file }) => file.reference.id),
    })),
  };
}

function restoredOf({ file, outcome, problem }: RestoreRow): RestoredFile {
  return { id: file.reference.id, name: file.name, outcome, ...withFailure(problem) };
}

function factsOf({ id, type, title }: WorkItem): WorkItemFacts {
  return { id, type, title };
}
