import { createHash } from 'node:crypto';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SavedFile } from '../../azure/rest/save-attachment';
import { saveAttachment } from '../../azure/rest/save-attachment';
import { retry } from '../../base/retry';
import type { Engine } from '../engine';
import { UNFINISHED_END } from './export-folder';
import type { ExportLog } from './export-log';
import type { ExportedFile } from './exported-file';
import { hashPath } from './hash-path';
import type { PlannedFile } from './plan-files';

/** Attempts to download a file. Each starts at its first byte. */
const MAX_ATTEMPTS = 5;

/** Dependencies of `saveFile`. */
export interface SaveFileOptions {
  readonly engine: Engine;
  readonly log: ExportLog;
  /** Absolute. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Called with the number of new bytes. */
  readonly onBytes: (bytes: number) => void;
}

/** Result for one file. */
export interface FileResult {
  readonly outcome: 'saved' | 'already-there';
  readonly file: ExportedFile;
}

/**
 * Saves a file, unless it is in the folder already, and adds it to the log.
 *
 * @throws StaplerError, CancelledError, or the error of the disk. The folder has the file completely or not at all.
 */
export async function saveFile(planned: PlannedFile, options: SaveFileOptions): Promise<FileResult> {
  const { source, path, before } = planned;
  const { log, folder } = options;
  const full = join(folder, path);
  const bytes = source.bytes.kind === 'bytes' ? await source.bytes.read() : undefined;
  const sha256 = bytes && hashOf(bytes);
  const isSame = before !== undefined && (sha256 === undefined || sha256 === before.sha256);
  const modifiedMs = isSame ? await modifiedIfThere(full, before) : undefined;
  if (before && modifiedMs !== undefined) {
    const file = withFacts(before, { source, modifiedMs });
    if (!isEqual(file, before)) await log.add(file);
    return { outcome: 'already-there', file };
  }
  await mkdir(dirname(full), { recursive: true });
  const saved = bytes ? await writeBytes(full, bytes) : await download(planned, full, options);
  const file: ExportedFile = {
    ...(before ?? factsOf(source)),
    ...factsOf(source),
    ...{ by: source.by || (before?.by ?? ''), path, size: saved.size, sha256: saved.sha256 },
    modifiedMs: (await lstat(full)).mtimeMs,
  };
  await log.add(file);
  return { outcome: 'saved', file };
}

async function download(
  { source }: PlannedFile,
  path: string,
  { engine, signal, onBytes }: SaveFileOptions,
): Promise<SavedFile> {
  if (source.bytes.kind !== 'attachment') throw new RangeError('There is nothing to download.');
  const { reference } = source.bytes;
  const { connection, runtime } = engine.services;
  return retry(
    () => {
      let done = 0;
      const onProgress = (bytesRead: number): void => {
        onBytes(bytesRead - done);
        done = bytesRead;
      };
      const { size } = source;
      const saving = { signal, onProgress, ...(size !== undefined && { expectedBytes: size }) };
      return saveAttachment(connection, reference, path, saving);
    },
    { runtime, signal, maxAttempts: MAX_ATTEMPTS },
  );
}

/** Writes bytes that are in memory already. The file appears when it is complete. */
async function writeBytes(path: string, bytes: Uint8Array): Promise<SavedFile> {
  const partPath = path + UNFINISHED_END;
  await rm(partPath, { force: true });
  const part = await open(partPath, 'wx');
  try {
    await part.writeFile(bytes);
    await part.sync();
  } finally {
    await part.close();
  }
  await rename(partPath, path);
  return { size: bytes.byteLength, sha256: hashOf(bytes) };
}

/**
 * Returns the modification time of a file, if it is the recorded one. One with another time is read to the end and
 * compared; `undefined` if it is missing or different.
 */
async function modifiedIfThere(path: string, { size, sha256, modifiedMs }: ExportedFile) {
  const facts = await lstat(path).catch(() => undefined);
  if (!facts?.isFile() || facts.size !== size) return undefined;
  if (facts.mtimeMs === modifiedMs) return modifiedMs;
  return (await hashPath(path)) === sha256 ? facts.mtimeMs : undefined;
}

function withFacts(
  before: ExportedFile,
  { source, modifiedMs }: { readonly source: PlannedFile['source']; readonly modifiedMs: number },
): ExportedFile {
  return { ...before, ...factsOf(source), by: source.by || before.by, modifiedMs };
}

/** Facts from Azure DevOps. Unknown ones are left out. */
function factsOf(
  source: PlannedFile['source'],
): Omit<ExportedFile, 'path' | 'size' | 'sha256' | 'modifiedMs'> {
  const { workItemId, key, name, comment, attachmentId, at, by, source: kind } = source;
  return {
    ...{ workItemId, key, name, comment, attachmentId, by, source: kind },
    ...(at !== undefined && { at }),
  };
}

function isEqual(a: ExportedFile, b: ExportedFile): boolean {
  const facts = Object.keys(a) as (keyof ExportedFile)[];
  return facts.every((fact) => a[fact] === b[fact]);
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
