import { createReadStream } from 'node:fs';
import { link, lstat, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { SavedFile } from '../../azure/rest/save-attachment';
import { saveAttachment } from '../../azure/rest/save-attachment';
import type { Problem } from '../../base/errors';
import { isCancelled, StaplerError, toProblem } from '../../base/errors';
import { retry } from '../../base/retry';
import type { AttachedFile } from '../../gallery/model/attached-file';
import { attachedFilesOf } from '../../gallery/model/attached-file';
import { entryPaths } from '../../gallery/model/entry-names';
import { hasCode } from '../../upload/recovery/journal/folder-disk';
import type { Engine } from '../engine';
import { diskErrorOf } from '../export/export-folder';
import { finishedName } from '../../gallery/export/export-paths';
import { hashPath } from '../export/hash-path';
import { loadJoined } from './join-volumes';
import { withPartFolder } from './part-folder';

/** Downloads at a time. */
const MAX_DOWNLOADS = 4;

/** Attempts to download a file. */
const MAX_ATTEMPTS = 5;

/** Result for one file. */
export type DownloadResult =
  | {
      readonly outcome: 'saved' | 'already-there';
      readonly file: AttachedFile;
      /** Absolute. */
      readonly path: string;
      readonly saved: SavedFile;
    }
  | { readonly outcome: 'failed'; readonly file: AttachedFile; readonly problem: Problem };

/** Options of downloads. */
export interface DownloadOptions {
  readonly signal?: AbortSignal;
  /** Called with the number of bytes received of all files. */
  readonly onProgress?: (bytes: number) => void;
}

/**
 * Returns the attachments of a work item, in its order.
 *
 * @throws StaplerError `work-item-missing`, or another one if it cannot be read.
 */
export async function readAttachedFiles(
  { services }: Pick<Engine, 'services'>,
  workItemId: number,
  signal?: AbortSignal,
): Promise<readonly AttachedFile[]> {
  const { manyWorkItems, runtime } = services;
  const options = { runtime, ...(signal && { signal }) };
  const item = (await retry(() => manyWorkItems.readMany([workItemId], signal), options)).get(workItemId);
  if (!item) throw new StaplerError('work-item-missing', `There is no work item ${workItemId}.`);
  return attachedFilesOf(item);
}

/**
 * Saves attachments in a folder. No file is replaced: a name that exists with another content gets a number, and one
 * with the same content is already there.
 *
 * @param folder Absolute. Created unless it exists.
 * @returns Results in the order of the files.
 * @throws ExportFolderError if the folder cannot be written, CancelledError after an abort.
 */
export async function downloadFiles(
  engine: Pick<Engine, 'services'>,
  files: readonly AttachedFile[],
  folder: string,
  options: DownloadOptions = {},
): Promise<readonly DownloadResult[]> {
  const limit = pLimit(MAX_DOWNLOADS);
  const load = createLoad(engine, options);
  async function loadAll(parts: string): Promise<readonly DownloadResult[]> {
    const loads = files.map((file, index) => limit(() => load(file, join(parts, String(index)))));
    await Promise.allSettled(loads);
    const results: DownloadResult[] = [];
    for (const [index, file] of files.entries()) {
      try {
        const saved = await loads[index];
        if (saved) results.push(await place(file, join(parts, String(index)), folder, saved));
      } catch (error) {
        if (isCancelled(error) || diskErrorOf(error, folder)) throw error;
        results.push({ outcome: 'failed', file, problem: toProblem(error) });
      }
    }
    return results;
  }

  try {
    await mkdir(folder, { recursive: true });
    return await withPartFolder(folder, engine.services.runtime, loadAll);
  } catch (error) {
    throw diskErrorOf(error, folder) ?? error;
  }
}

/**
 * Downloads one attachment and returns its bytes as a stream, after all of them have arrived.
 *
 * @param task Reads the stream to its end.
 * @throws StaplerError, CancelledError after an abort.
 */
export async function withDownload(
  engine: Pick<Engine, 'services'>,
  file: AttachedFile,
  task: (bytes: AsyncIterable<Buffer>) => Promise<void>,
  options: DownloadOptions = {},
): Promise<SavedFile> {
  const temporary = await mkdtemp(join(tmpdir(), 'stapler-'));
  try {
    const path = join(temporary, 'file');
    const saved = await createLoad(engine, options)(file, path);
    await task(createReadStream(path) as AsyncIterable<Buffer>);
    return saved;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function createLoad(
  { services }: Pick<Engine, 'services'>,
  { signal = new AbortController().signal, onProgress }: DownloadOptions,
): (file: AttachedFile, path: string) => Promise<SavedFile> {
  const { connection, runtime } = services;
  let bytes = 0;
  const load = ({ reference, size }: AttachedFile, path: string): Promise<SavedFile> =>
    retry(
      () => {
        let done = 0;
        return saveAttachment(connection, reference, path, {
          signal,
          ...(size !== undefined && { expectedBytes: size }),
          onProgress(bytesRead) {
            bytes += bytesRead - done;
            done = bytesRead;
            onProgress?.(bytes);
          },
        });
      },
      { runtime, signal, maxAttempts: MAX_ATTEMPTS },
    );
  return (file, path) => (file.volumes ? loadJoined(file.volumes, path, load) : load(file, path));
}

/** Gives a complete file its name, or finds the same content under it. */
async function place(
  file: AttachedFile,
  part: string,
  folder: string,
  saved: SavedFile,
): Promise<DownloadResult> {
  const taken: string[] = [];
  for (;;) {
    const [name = ''] = entryPaths([{ folder: '', name: finishedName(file.name) }], taken);
    const path = join(folder, name);
    if (await moveTo(part, path)) return { outcome: 'saved', file, path, saved };
    if (await isSame(path, saved)) return { outcome: 'already-there', file, path, saved };
    taken.push(name);
  }
}

/** Renames a file, unless the new name exists. */
async function moveTo(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
  }
  // A disk without hard links.
  if (await lstat(path).catch(() => undefined)) return false;
  await rename(part, path);
  return true;
}

async function isSame(path: string, { size, sha256 }: SavedFile): Promise<boolean> {
  const facts = await lstat(path).catch(() => undefined);
  return facts?.isFile() === true && facts.size === size && (await hashPath(path)) === sha256;
}
