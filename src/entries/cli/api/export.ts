import { resolve } from 'node:path';
import type { ExportResult as EngineResult } from '../../../engine/export/export-items';
import { exportTo, sinceExport } from '../../../engine/export/export-to';
import type { Since } from '../../../engine/export/plan-files';
import type { VerifyOptions, Verification } from '../../../engine/export/verify-export';
import { verifyExport } from '../../../engine/export/verify-export';
import type { Connection } from './connection';
import { engineOf } from './connection';
import type { Failure } from './failure';
import { failureOf } from './failure';

/** Work items to export. */
export interface ExportOrder {
  readonly workItemIds: readonly number[];
  /**
   * Folder, or archive if it ends in `.zip`. A folder must be new or empty, or have an earlier export, which is completed.
   * A relative path starts from the current folder of the process.
   */
  readonly out: string;
  /** A folder for each work item, or all files in one. Default: `folders`. */
  readonly layout?: 'folders' | 'flat';
  /**
   * More files: those that only texts show (`inline`), comments as a JSON file for each work item (`comments`), and files
   * removed in the last 28 days (`removed`). Default: none.
   */
  readonly include?: readonly ('inline' | 'comments' | 'removed')[];
  /** Only files attached at this time or later, or, for the path of another export, those that it does not have. */
  readonly since?: Date | string;
}

/** Options of `export`. */
export interface ExportOptions {
  /** Ends the call; an equal one continues it later. */
  readonly signal?: AbortSignal;
  /** Called for each file, and for each work item that failed. */
  readonly onFile?: (result: ExportedFile) => void;
  readonly onProgress?: (totals: ExportTotals) => void;
}

/** Totals of an export. */
export interface ExportTotals {
  /** Files saved by this call. */
  readonly saved: number;
  /** Files that an earlier call has saved. */
  readonly alreadyThere: number;
  /** Files and work items that could not be exported. */
  readonly failed: number;
  /** Downloaded, in bytes. */
  readonly bytes: number;
}

/** Result for one file of an export. */
export type ExportedFile =
  | {
      readonly outcome: 'saved' | 'already-there';
      readonly workItemId: number;
      /** Name in Azure DevOps. */
      readonly name: string;
      /** From the folder of the export, with slashes. */
      readonly path: string;
      /** GUID of the attachment; empty for a file that is no attachment. */
      readonly id: string;
      readonly bytes: number;
      /** 64 lower-case hexadecimal digits. */
      readonly sha256: string;
    }
  | {
      /** `gone`: the server does not have it anymore. `elsewhere`: a text shows it from another server. */
      readonly outcome: 'failed' | 'gone' | 'elsewhere';
      readonly workItemId: number;
      /** Name in Azure DevOps; empty if the whole work item failed. */
      readonly name: string;
      readonly problem: Failure;
    };

/**
 * Saves the files of work items, with a manifest and checksums. If the process ends at any moment, an equal call continues.
 * A later call adds new files; nothing is deleted.
 *
 * @throws ExportFolderError if the folder or archive cannot be used; StaplerError for a reason that concerns all files;
 *   CancelledError after an abort. Any other failure is passed to `onFile` and counted.
 */
export async function exportItems(
  connection: Connection,
  order: ExportOrder,
  { onFile, ...options }: ExportOptions = {},
): Promise<ExportTotals> {
  const { workItemIds, out, layout = 'folders', include = [], since } = order;
  const found = since === undefined ? undefined : await readSince(since);
  return exportTo(
    engineOf(connection),
    resolve(out),
    { ...{ workItemIds, layout, include: new Set(include) }, ...(found && { since: found }) },
    { ...options, ...(onFile && { onResult: (result: EngineResult) => onFile(exportedOf(result)) }) },
  );
}

function readSince(since: Date | string): Since | Promise<Since> {
  return typeof since === 'string' ? sinceExport(resolve(since)) : { kind: 'time', at: since.getTime() };
}

function exportedOf(result: EngineResult): ExportedFile {
  switch (result.outcome) {
    case 'saved':
    case 'already-there': {
      const { workItemId, name, path, attachmentId: id, size: bytes, sha256 } = result.file;
      return { outcome: result.outcome, workItemId, name, path, id, bytes, sha256 };
    }
    case 'failed-item':
      return {
        ...{ outcome: 'failed', workItemId: result.workItemId, name: '' },
        problem: failureOf(result.problem),
      };
    default: {
      const { outcome, problem, source } = result;
      const { workItemId, name } = source;
      return { outcome, workItemId, name, problem: failureOf(problem) };
    }
  }
}

/**
 * Compares the files of an export with its manifest: names, sizes and SHA-256. It needs no connection.
 *
 * @param path Folder of the export, or its manifest. A relative path starts from the current folder of the process.
 * @throws ExportFolderError if there is no manifest; CancelledError after an abort.
 */
export function verify(path: string, options: VerifyOptions = {}): Promise<Verification> {
  return verifyExport(resolve(path), options);
}
