import { resolve } from 'node:path';
import type { AttachOrder as EngineOrder } from '../../../engine/attach/attach';
import { attach as attachWithEngine, planAttach, rowsOfPlan } from '../../../engine/attach/attach';
import type { UnmatchedFile as UnmatchedPlanFile } from '../../../bulk/plan/plan';
import type { ReportRow } from '../../../bulk/plan/report';
import { problemOf } from '../../../bulk/plan/report';
import type { FileCheck } from '../../../engine/rules/check-files';
import type { RunProgress } from '../../../bulk/run/run-facts';
import { describeUnmatched, outcomeOf } from '../attach/attach-output';
import { byName } from '../attach/targets';
import type { Connection } from './connection';
import { engineOf } from './connection';
import type { CheckedFile } from './checked-file';
import { checkedFileOf } from './checked-file';
import type { Failure } from './failure';
import { withFailure } from './failure';
import { readArgument } from './read-argument';

/** A file on this computer, to be attached. */
export interface FileToAttach {
  /** Relative paths start from the current folder of the process. A folder is not allowed. */
  readonly path: string;
  /** Name of the attachment, at most 255 characters. Default: that of the file. */
  readonly name?: string;
  /** Comment of this file alone, at most 255 characters. Default: that of all files. */
  readonly comment?: string;
  /** Folder that goes into the comment, such as `logs/2026`. Default: none. */
  readonly folder?: string;
}

/** Files for work items. */
export interface AttachOrder {
  readonly workItemIds: readonly number[];
  /** Files, or their paths. */
  readonly files: readonly (string | FileToAttach)[];
  /**
   * Pattern of names, such as `{id}_*`: each file goes to the work item whose number is in its name or folder. Default:
   * every file goes to every work item.
   */
  readonly pattern?: string;
  /** Comment of all files without their own, at most 255 characters. Default: none. */
  readonly comment?: string;
  /**
   * Treatment of a file whose name a work item has with another content. `keep` gives it a number, `same-name` keeps both
   * names, `skip` leaves it out, `replace` removes the old one. Default: `keep`.
   */
  readonly onDuplicate?: 'keep' | 'same-name' | 'skip' | 'replace';
  /**
   * Metadata of JPEG, PNG and WebP images. `location` removes places, thumbnails and bytes behind the image, `all` also
   * the rest besides orientation and colors. Default: `location`.
   */
  readonly metadata?: 'location' | 'all' | 'keep';
  /**
   * Secrets in text files of up to 20 MB. `warn` tells them by `onCheck`, `mask` replaces them, `block` leaves the file
   * out, `off` looks for none. Default: `warn`.
   */
  readonly secrets?: 'warn' | 'mask' | 'block' | 'off';
}

/** Options of `attach`. */
export interface AttachOptions {
  /** Ends the call; an equal one continues it later. */
  readonly signal?: AbortSignal;
  /** Called at most ten times per second. */
  readonly onProgress?: (progress: AttachProgress) => void;
  /** Called if an interrupted call cannot be continued, because the state folder cannot be written. */
  readonly onNoJournal?: () => void;
  /** Called for each file before anything is sent. */
  readonly onCheck?: (check: CheckedFile) => void;
}

/** Progress of `attach`. A file for two work items counts as two attachments. */
export interface AttachProgress {
  readonly attachments: number;
  readonly attached: number;
  readonly failed: number;
  /** Size of all files to be sent, in bytes. */
  readonly bytes: number;
  readonly bytesSent: number;
}

/** One file on one work item. */
export interface AttachedRow {
  /** Absolute. */
  readonly path: string;
  readonly workItemId: number;
  /** Name of the attachment. */
  readonly name: string;
  readonly comment: string;
  /** Size, in bytes. */
  readonly bytes: number;
  /**
   * `planned`: `attach` would attach it. `replaced`: attached in place of the one with this name. `not-replaced`:
   * attached, but the one with this name could not be removed. `already-there`: attached before, by name and content.
   * `skipped`: left out by `onDuplicate`, or another file of the call has the same content. `failed`, `not-attached`:
   * it is not on the work item.
   */
  readonly outcome:
    | 'planned'
    | 'attached'
    | 'replaced'
    | 'not-replaced'
    | 'already-there'
    | 'skipped'
    | 'failed'
    | 'not-attached';
  /** Set for a failure. */
  readonly problem?: Failure;
}

/** A file without a work item. */
export interface UnmatchedFile {
  /** Absolute. */
  readonly path: string;
  readonly explanation: string;
}

/** Result of `attach` and `plan`. */
export interface AttachResult {
  /** One for each file and work item. */
  readonly rows: readonly AttachedRow[];
  /** Files that no work item was found for; only with `pattern`. */
  readonly unmatched: readonly UnmatchedFile[];
}

/**
 * Attaches files to work items, each exactly once. If the process ends at any moment, an equal call continues.
 *
 * @throws StaplerError if a file cannot be read (`file-unreadable`), or for a reason that concerns all files (`signed-out`,
 *   `network`); CancelledError after an abort; FolderInUseError if another process makes the same call; TypeError for a
 *   wrong pattern. Any other failure is in the rows.
 */
export async function attach(
  connection: Connection,
  order: AttachOrder,
  options: AttachOptions = {},
): Promise<AttachResult> {
  const { onProgress, onCheck, ...others } = options;
  const { rows, unmatched } = await attachWithEngine(engineOf(connection), orderOf(order), {
    ...others,
    ...(onCheck && { onCheck: (check: FileCheck) => onCheck(checkedFileOf(check)) }),
    ...(onProgress && { onProgress: (progress: RunProgress) => onProgress(progressOf(progress)) }),
  });
  return { rows: rows.map((row) => rowOf(row, false)), unmatched: unmatched.map(unmatchedOf) };
}

/**
 * Tells what `attach` would do, and changes nothing. The files are read for their metadata and secrets.
 *
 * @throws StaplerError if a file or the work items cannot be read; TypeError for a wrong pattern.
 */
export async function plan(connection: Connection, order: AttachOrder): Promise<AttachResult> {
  const planned = await planAttach(engineOf(connection), orderOf(order));
  return {
    rows: rowsOfPlan(planned).map((row) => rowOf(row, true)),
    unmatched: planned.plan.unmatched.map(unmatchedOf),
  };
}

function orderOf(order: AttachOrder): EngineOrder {
  const { workItemIds, files, pattern, comment, onDuplicate, metadata, secrets } = order;
  const mapping =
    pattern === undefined ? ({ kind: 'all' } as const) : readArgument(() => byName(pattern, 'The pattern'));
  return {
    ...{ workItemIds, mapping },
    files: files.map((file) => {
      const facts = typeof file === 'string' ? { path: file } : file;
      return { ...facts, path: resolve(facts.path) };
    }),
    ...(comment !== undefined && { comment }),
    ...(onDuplicate !== undefined && { onDuplicate }),
    ...((metadata !== undefined || secrets !== undefined) && {
      rules: { ...(metadata !== undefined && { metadata }), ...(secrets !== undefined && { secrets }) },
    }),
  };
}

function rowOf(row: ReportRow, isPlan: boolean): AttachedRow {
  const { fileId, workItemId, name, comment, file } = row;
  return {
    ...{ path: fileId, workItemId, name, comment, bytes: file.size, outcome: outcomeOf(row, isPlan) },
    ...withFailure(problemOf(row)),
  };
}

function unmatchedOf({ fileId, reason }: UnmatchedPlanFile): UnmatchedFile {
  return { path: fileId, explanation: describeUnmatched(reason) };
}

function progressOf({ pairs, pairsAttached, pairsFailed, bytes, bytesSent }: RunProgress): AttachProgress {
  return { attachments: pairs, attached: pairsAttached, failed: pairsFailed, bytes, bytesSent };
}
