import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm } from 'node:fs/promises';
import type { AttachmentReference } from '../work-item';
import { attachmentCall, unexpectedAnswer } from './attachments';
import type { Connection } from './connection';
import type { HttpResponse } from './http-stack';
import { errorFromResponse, isSignInPage } from './server-errors';

/** Settings of `saveAttachment`. */
export interface SaveOptions {
  readonly signal: AbortSignal;
  /** Called with the number of bytes received. */
  readonly onProgress?: (bytesRead: number) => void;
  /** Size according to the work item. */
  readonly expectedBytes?: number;
}

/** A file on disk with the bytes of an attachment. */
export interface SavedFile {
  /** In bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Bytes of a page to search for the sign-in form. */
const MAX_PAGE_BYTES = 64 * 1024;

/**
 * Downloads the stored bytes to a file, through memory in small parts. The file appears under its name, or replaces
 * another one, only when it is complete and on disk; until then it is `<path>.part`.
 *
 * @throws StaplerError for a failed or incomplete download, and for a page in place of the bytes; CancelledError after
 *   an abort; the error of the disk.
 */
export async function saveAttachment(
  connection: Connection,
  reference: AttachmentReference,
  path: string,
  options: SaveOptions,
): Promise<SavedFile> {
  const partPath = `${path}.part`;
  // A new file: an existing one may be a link to somewhere else.
  await rm(partPath, { force: true });
  const part = await open(partPath, 'wx');
  try {
    const saved = await download(connection, reference, part, options);
    await part.sync();
    await part.close();
    await rename(partPath, path);
    return saved;
  } catch (error) {
    await part.close().catch(() => undefined);
    await rm(partPath, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function download(
  connection: Connection,
  reference: AttachmentReference,
  part: FileHandle,
  { signal, onProgress, expectedBytes }: SaveOptions,
): Promise<SavedFile> {
  const call = attachmentCall(reference);
  const requestName = `GET ${call.path}`;
  const response = await connection.send({
    ...call,
    wantsStream: true,
    ...(onProgress && { onDownloadProgress: onProgress }),
    signal,
  });
  if (!response.stream) throw unexpectedAnswer(response, requestName);
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.stream) {
    if (size < MAX_PAGE_BYTES) head.push(piece);
    size += piece.byteLength;
    hash.update(piece);
    await part.appendFile(piece);
  }
  const isPage = /html/i.test(response.header('Content-Type') ?? '');
  // An attached HTML file may come as a page, too.
  if (size !== expectedBytes && (isPage || expectedBytes !== undefined))
    throw errorForPage({ ...response, text: isPage ? Buffer.concat(head).toString() : '' }, requestName);
  return { size, sha256: hash.digest('hex') };
}

function errorForPage(response: HttpResponse, requestName: string): Error {
  return isSignInPage(response)
    ? errorFromResponse(response, requestName)
    : unexpectedAnswer(response, requestName);
}
