import { resolve } from 'node:path';
import { StaplerError } from '../../../base/errors';
import { retry } from '../../../base/retry';
import type { DownloadResult } from '../../../engine/download/download-files';
import { downloadFiles, readAttachedFiles } from '../../../engine/download/download-files';
import { attachedFilesOf } from '../../../gallery/model/attached-file';
import { joinSplitFiles } from '../../../gallery/model/split-files';
import type { Attachment } from './attachment';
import { attachmentOf } from './attachment';
import type { Connection } from './connection';
import { engineOf } from './connection';
import type { Failure } from './failure';
import { failureOf } from './failure';

/** Work items to list. */
export interface ListOrder {
  readonly workItemIds: readonly number[];
}

/** Options of `list`. */
export interface ListOptions {
  /** Ends the call. */
  readonly signal?: AbortSignal;
}

/** A work item with its attachments. */
export interface ListedWorkItem {
  readonly id: number;
  /** Such as `Bug`. */
  readonly type: string;
  readonly title: string;
  /** In the order of the work item. */
  readonly attachments: readonly Attachment[];
}

/** Result of `list`. */
export interface ListResult {
  /** In the order of the call. */
  readonly workItems: readonly ListedWorkItem[];
  /** Work items that do not exist or may not be read. */
  readonly missing: readonly number[];
}

/**
 * Lists the attachments of work items.
 *
 * @throws StaplerError if they cannot be read; CancelledError after an abort.
 */
export async function list(
  connection: Connection,
  { workItemIds }: ListOrder,
  { signal }: ListOptions = {},
): Promise<ListResult> {
  const { manyWorkItems, runtime } = engineOf(connection).services;
  const options = { runtime, ...(signal && { signal }) };
  const found = await retry(() => manyWorkItems.readMany(workItemIds, signal), options);
  const ids = [...new Set(workItemIds)];
  return {
    workItems: ids.flatMap((id) => {
      const item = found.get(id);
      if (!item) return [];
      const { type, title } = item;
      return [{ id, type, title, attachments: attachedFilesOf(item).map(attachmentOf) }];
    }),
    missing: ids.filter((id) => !found.has(id)),
  };
}

/** Attachments to save. */
export interface DownloadOrder {
  readonly workItemId: number;
  /** Created unless it exists. A relative path starts from the current folder of the process. */
  readonly folder: string;
  /**
   * GUIDs of the attachments, as `list` returns them. Default: all of the work item; the parts of a split file are then
   * joined, and the result has the first one as its attachment, with the name of the whole file.
   */
  readonly ids?: readonly string[];
}

/** Options of `download`. */
export interface DownloadOptions {
  /** Ends the call. */
  readonly signal?: AbortSignal;
  /** Called with the number of bytes received of all files. */
  readonly onProgress?: (bytes: number) => void;
}

/** Result for one attachment. */
export type DownloadedFile =
  | {
      /** `already-there`: the folder has a file with this name and content. */
      readonly outcome: 'saved' | 'already-there';
      readonly attachment: Attachment;
      /** Absolute. Its name may differ from that of the attachment: it has a number, or no forbidden characters. */
      readonly path: string;
      readonly bytes: number;
      /** 64 lower-case hexadecimal digits. */
      readonly sha256: string;
    }
  | { readonly outcome: 'failed'; readonly attachment: Attachment; readonly problem: Failure };

/**
 * Saves attachments of a work item in a folder, in the order of the work item. No file is replaced: a name that exists with
 * another content gets a number.
 *
 * @throws StaplerError `work-item-missing`, `not-attached` for an id that the work item does not have, or another one if
 *   it cannot be read; ExportFolderError if the folder cannot be written; CancelledError after an abort.
 */
export async function download(
  connection: Connection,
  { workItemId, folder, ids }: DownloadOrder,
  options: DownloadOptions = {},
): Promise<readonly DownloadedFile[]> {
  const engine = engineOf(connection);
  const attached = await readAttachedFiles(engine, workItemId, options.signal);
  const wanted = ids && new Set(ids.map((id) => id.toLowerCase()));
  const files = wanted
    ? attached.filter(({ reference }) => wanted.has(reference.id))
    : joinSplitFiles(attached);
  const unknown = [...(wanted ?? [])].find((id) => !files.some(({ reference }) => reference.id === id));
  if (unknown !== undefined)
    throw new StaplerError('not-attached', `Work item ${workItemId} has no attachment ${unknown}.`);
  const results = await downloadFiles(engine, files, resolve(folder), options);
  return results.map(downloadedOf);
}

function downloadedOf(result: DownloadResult): DownloadedFile {
  const attachment = attachmentOf(result.file);
  if (result.outcome === 'failed')
    return { outcome: 'failed', attachment, problem: failureOf(result.problem) };
  const { outcome, path, saved } = result;
  return { outcome, attachment, path, bytes: saved.size, sha256: saved.sha256 };
}
