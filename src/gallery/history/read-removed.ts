import { isCancelled, StaplerError, toProblem } from '../../base/errors';
import { hasTrait, isSignedOut, isUnreachable } from '../../base/problem-traits';
import { retry } from '../../base/retry';
import type { Runtime } from '../../base/runtime';
import type { AttachmentReference, LinkableAttachment } from '../../azure/work-item';
import type { Attachments } from '../attachments';
import type { RemovedFile } from '../gallery-state';
import type { SendFile } from '../send-file';

/** Dependencies of the readers of removed files. */
export interface RemovedFileReads {
  readonly attachments: Pick<Attachments, 'readBytes'>;
  readonly send: SendFile;
  readonly runtime: Runtime;
}

/** A stored file to check. */
export interface FileToCheck {
  readonly reference: AttachmentReference;
  readonly size: number | undefined;
}

/** Access to the bytes of files to check. See `Attachments`. */
export interface CheckReads<File> {
  readonly readBytes: (
    file: File,
    signal: AbortSignal,
    onProgress?: (bytesRead: number) => void,
    headBytes?: number,
  ) => Promise<Blob>;
}

/** Options of one reading. */
export interface ReadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/** Reasons why files could not be read or uploaded, by GUID. */
export type ReadFailures = Map<string, unknown>;

/** Requests at the same time to check files. */
const MAX_CHECKS = 4;

/** Attempts to read a file. */
const READ_ATTEMPTS = 3;

/** A server that ignores the range sends this much before the rest is canceled, in bytes. A page of an error is shorter. */
const ENOUGH_BYTES = 64 * 1024;

/** Status of a range beyond the end of a file: the file is empty, and there. */
const RANGE_NOT_SATISFIABLE = 416;

/**
 * Checks that the bytes of files can be read, a few files at a time.
 *
 * @returns The reason for each file that cannot be read.
 * @throws StaplerError if the server cannot be reached, CancelledError after an abort.
 */
export async function findUnreadable<File extends FileToCheck>(
  files: readonly { readonly file: File }[],
  { attachments, runtime }: { readonly attachments: CheckReads<File>; readonly runtime: Runtime },
  { signal, onProgress }: ReadOptions,
): Promise<ReadFailures> {
  const failures: ReadFailures = new Map();
  const rest = [...files];
  let done = 0;
  async function checkRest(): Promise<void> {
    for (let file = rest.shift(); file; file = rest.shift()) {
      const each = file;
      await retry(() => readBeginning(each, attachments, signal), {
        ...{ runtime, signal, maxAttempts: READ_ATTEMPTS },
      }).catch((error: unknown) => addFailure(failures, each, error));
      onProgress(++done);
    }
  }
  await Promise.all(Array.from({ length: MAX_CHECKS }, checkRest)).catch((error: unknown) => {
    rest.length = 0;
    throw error;
  });
  return failures;
}

/** Reads one byte, or the beginning of the file if the server sends no parts of files. */
async function readBeginning<File extends FileToCheck>(
  { file }: { readonly file: File },
  attachments: CheckReads<File>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await readBytes(file, attachments, signal, file.size === 0 ? undefined : 1);
  } catch (error) {
    // The browser hides the answer to a preflight that refuses the range.
    if (signal.aborted || !hasTrait(error, 'no-answer')) throw error;
    await readBytes(file, attachments, signal);
  }
}

/** @param headBytes See `readAttachment`. */
async function readBytes<File>(
  file: File,
  attachments: CheckReads<File>,
  signal: AbortSignal,
  headBytes?: number,
): Promise<void> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  signal.addEventListener('abort', abort);
  const onBytes = (bytesRead: number): void => {
    if (bytesRead >= ENOUGH_BYTES) abort();
  };
  try {
    if (signal.aborted) abort();
    await attachments.readBytes(file, controller.signal, onBytes, headBytes);
  } catch (error) {
    const isThere = controller.signal.aborted || toProblem(error).status === RANGE_NOT_SATISFIABLE;
    if (signal.aborted || !isThere) throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * Reads removed files and uploads them as new ones, one after the other.
 *
 * @param copies Uploaded copies, ready to be linked, by the GUID of the removed file. Receives the new ones; files with
 *   a copy are left out.
 * @param options.onProgress Called with the number of bytes read and sent.
 * @returns The reason for each file without a copy.
 * @throws StaplerError if the server cannot be reached, CancelledError after an abort.
 */
export async function copyFiles(
  files: readonly RemovedFile[],
  copies: Map<string, LinkableAttachment>,
  { attachments, send, runtime }: RemovedFileReads,
  { signal, onProgress }: ReadOptions,
): Promise<ReadFailures> {
  const failures: ReadFailures = new Map();
  let bytesBefore = 0;
  for (const removed of files.filter(({ file }) => !copies.has(file.reference.id))) {
    const { file, linkable } = removed;
    const report = (bytes: number): void => onProgress(bytesBefore + bytes);
    try {
      const source = await retry(() => attachments.readBytes(file, signal, report), {
        ...{ runtime, signal, maxAttempts: READ_ATTEMPTS },
      });
      // The page of a proxy must not take the place of the file.
      if (file.size !== undefined && source.size !== file.size)
        throw new StaplerError('unexpected-answer', `"${file.name}" arrived with another size.`);
      const reference = await send(
        { name: linkable.name, source },
        { signal, onProgress: (bytesSent) => report(source.size + bytesSent) },
      );
      copies.set(file.reference.id, { ...linkable, reference, size: source.size });
    } catch (error) {
      addFailure(failures, removed, error);
    }
    bytesBefore += 2 * (file.size ?? 0);
    onProgress(bytesBefore);
  }
  return failures;
}

/** @throws `error` if it concerns all files: the other ones would fail as well. */
function addFailure(failures: ReadFailures, { file }: { readonly file: FileToCheck }, error: unknown): void {
  const problem = toProblem(error);
  if (isCancelled(error) || isUnreachable(problem) || isSignedOut(problem)) throw error;
  failures.set(file.reference.id, error);
}
