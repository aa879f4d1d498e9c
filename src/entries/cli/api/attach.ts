import { resolve } from 'node:path';
import type { AttachOrder as EngineOrder } from '../../../engine/attach/attach-order';
import { attach as attachWithEngine, planAttach } from '../../../engine/attach/attach';
import { rowsOfPlan } from '../../../engine/attach/plan-order';
import type { UnmatchedFile as UnmatchedPlanFile } from '../../../bulk/plan/plan';
import type { AttachedRow as EngineRow } from '../../../engine/attach/join-rows';
import { problemOf } from '../../../bulk/plan/report';
import type { FileCheck } from '../../../engine/rules/check-files';
import type { RunProgress } from '../../../bulk/run/run-facts';
import type { Policy } from '../../../upload/rules/policy/policy';
import { readPolicy } from '../../../upload/rules/policy/read-policy';
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
  /**
   * Policy, as JSON. A file that breaks it is not attached (`breaks-policy`); of its rules for metadata and secrets and
   * those of the order, the stricter one counts. Default: the policy of the project of each work item, if the token can
   * read it.
   */
  readonly policy?: string;
  /** Whether a policy of a project that can't be read or understood is an error. Default: false. */
  readonly isPolicyRequired?: boolean;
  /**
   * Treatment of a file over the limit of the service. `zip` puts it into a zip, if that is expected to fit; otherwise it
   * fails (`file-too-large`). `split` attaches parts that 7-Zip, `cat` and `copy /b` join,
   * `skip` leaves it out, `fail` does not send it. Default: the service decides.
   */
  readonly overLimit?: 'zip' | 'split' | 'skip' | 'fail';
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
  /** Called once for each project with a policy that can't be read (`unavailable`) or understood (`invalid`). */
  readonly onPolicyProblem?: (problem: UnreadPolicy) => void;
}

/** A policy of a project that the files are not checked against. */
export interface UnreadPolicy {
  /** Name of the project. */
  readonly project: string;
  readonly problem: 'unavailable' | 'invalid';
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
  /** Number of attachments that a split file has. */
  readonly parts?: number;
  /** Size of the zip that the file is in, in bytes. */
  readonly zipBytes?: number;
  /**
   * `planned`: `attach` would attach it. `replaced`: attached in place of the one with this name. `not-replaced`:
   * attached, but the one with this name could not be removed. `already-there`: attached before, by name and content.
   * `skipped`: left out by `onDuplicate` or `overLimit`, or another file of the call has the same content. `failed`, `not-attached`:
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
 *   `network`; `breaks-policy` for a required policy); CancelledError after an abort; FolderInUseError if another process
 *   makes the same call; TypeError for a wrong pattern or policy. Any other failure is in the rows.
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
 * @throws StaplerError if a file, the work items or a required policy cannot be read; TypeError for a wrong pattern or
 *   policy.
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
  const { policy, isPolicyRequired: isRequired = false, overLimit } = order;
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
    ...(overLimit !== undefined && { overLimit }),
    ...((metadata !== undefined || secrets !== undefined) && {
      rules: { ...(metadata !== undefined && { metadata }), ...(secrets !== undefined && { secrets }) },
    }),
    policy: { ...(policy !== undefined && { policy: policyOf(policy) }), isRequired },
  };
}

/** @throws TypeError */
function policyOf(json: string): Policy {
  const result = readPolicy(json);
  if (result.ok) return result.policy;
  const faults = result.faults.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  throw new TypeError(['This is not a policy.', ...faults].join(' '));
}

function rowOf(row: EngineRow, isPlan: boolean): AttachedRow {
  const { fileId, workItemId, name, comment, file, volumeCount, zipBytes } = row;
  return {
    ...{ path: fileId, workItemId, name, comment, bytes: file.size, outcome: outcomeOf(row, isPlan) },
    ...(volumeCount !== undefined && { parts: volumeCount }),
    ...(zipBytes !== undefined && { zipBytes }),
    ...withFailure(problemOf(row)),
  };
}

function unmatchedOf({ fileId, reason }: UnmatchedPlanFile): UnmatchedFile {
  return { path: fileId, explanation: describeUnmatched(reason) };
}

function progressOf({ pairs, pairsAttached, pairsFailed, bytes, bytesSent }: RunProgress): AttachProgress {
  return { attachments: pairs, attached: pairsAttached, failed: pairsFailed, bytes, bytesSent };
}
