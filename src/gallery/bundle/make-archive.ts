import { StaplerError } from '../../base/errors';
import type { FileToZip } from '../../upload/over-limit/zip-file';
import { zipFiles } from '../../upload/over-limit/zip-file';
import type { ReadBytes } from '../byte-reader';
import type { AttachedFile } from '../model/attached-file';
import { openArchive } from '../viewers/archive/open-archive';
import type { RunTask } from '../workers/tasks';
import { createReadAhead } from '../zip/read-ahead';

/** Options of `makeArchive`. */
export interface MakeArchiveOptions {
  readonly readBytes: ReadBytes;
  readonly runTask: RunTask;
  /** Maximum size of the zip, in bytes. */
  readonly limitBytes: number;
  readonly signal: AbortSignal;
  /** Called with the number of bytes received. */
  readonly onProgress: (bytesRead: number) => void;
}

/** A zip, and the hexadecimal SHA-256 of each of its files. */
export interface MadeArchive {
  readonly zip: Blob;
  readonly digests: readonly string[];
}

/**
 * Reads attachments and makes a zip of them, in their folders, with their comments and dates.
 *
 * @throws StaplerError if a file cannot be read or the zip cannot be made; an error of the abort.
 */
export async function makeArchive(
  files: readonly AttachedFile[],
  { readBytes, runTask, limitBytes, signal, onProgress }: MakeArchiveOptions,
): Promise<MadeArchive> {
  const entries: FileToZip[] = [];
  const digests: string[] = [];
  const bytesRead = files.map(() => 0);
  const reading = createReadAhead(files, (file, index) =>
    readBytes(file, signal, (bytes) => {
      bytesRead[index] = bytes;
      onProgress(bytesRead.reduce((sum, each) => sum + each, 0));
    }),
  );
  for (const [index, { name, folder, comment, addedAt }] of files.entries()) {
    const bytes = await reading.take(index);
    digests.push(await hash(bytes, runTask, signal));
    // Without a date, the zip has its earliest one.
    const lastModified = Number.isNaN(addedAt) ? 0 : addedAt;
    entries.push({ name, folder, comment, source: new File([bytes], name, { lastModified }) });
  }
  const made = await zipFiles(entries, { limitBytes, signal });
  if (made.kind === 'made') return { zip: made.zip, digests };
  throw new StaplerError('internal', `A zip of ${files.length} attachments failed: ${made.reason}.`);
}

/**
 * Compares the files in a zip with the SHA-256 of the originals.
 *
 * @param zip As the server returns it.
 * @throws StaplerError `content-damaged` if a file differs, is missing or cannot be read; an error of the abort.
 */
export async function checkArchive(
  zip: Blob,
  digests: readonly string[],
  { runTask, signal }: Pick<MakeArchiveOptions, 'runTask' | 'signal'>,
): Promise<void> {
  const found: string[] = [];
  try {
    const { entries } = await openArchive(zip, signal);
    for (const { extract } of entries)
      if (extract) found.push(await hash(await extract(signal), runTask, signal));
  } catch (cause) {
    signal.throwIfAborted();
    throw new StaplerError('content-damaged', 'The zip cannot be read back.', {}, { cause });
  }
  if (found.join() !== digests.join())
    throw new StaplerError('content-damaged', 'The zip differs from the attachments.');
}

async function hash(bytes: Blob, runTask: RunTask, signal: AbortSignal): Promise<string> {
  const [digest = ''] = await runTask('hashFile', { bytes, stops: [bytes.size] }, signal);
  return digest;
}
