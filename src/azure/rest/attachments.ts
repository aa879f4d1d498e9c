import type { AttachmentReference } from '../work-item';
import { attachmentIdOf } from '../work-item';
import { ServerError } from '../../base/errors';
import type { Call, Connection } from './connection';
import type { HttpResponse } from './http-stack';
import { isHtml, isRecord, readJson, textOf } from './server-errors';

/** Common options of whole and partial uploads. */
interface BytesToSend {
  /** Streamed by the browser. */
  readonly body: Blob;
  readonly signal: AbortSignal;
  readonly onUploadProgress: (bytesSent: number) => void;
}

/** An upload in one request. */
export interface SimpleUpload extends BytesToSend {
  /** Attachment name, percent-encoded in the URL. Without it, only the relation names the file. */
  readonly fileName: string | undefined;
}

/** One chunk. */
export interface Chunk extends BytesToSend {
  readonly reference: AttachmentReference;
  readonly fileName: string;
  /** `bytes 0-39999/50000`, the last byte inclusive. */
  readonly contentRange: string;
}

const PATH = '_apis/wit/attachments';

/**
 * Returns the URL of an attachment.
 *
 * @param baseUrl Base URL of the organization or collection.
 */
export function attachmentUrl(baseUrl: string, id: AttachmentReference['id']): string {
  return `${baseUrl.replace(/\/*$/, '')}/${PATH}/${id}`;
}

/** Length of an encoded name in a URL, in characters. IIS refuses a query of more than 2,048. */
const MAX_URL_NAME_LENGTH = 1_500;

/** Maximum length of an ending that a shortened name keeps, with its dot, in characters. */
const MAX_ENDING_LENGTH = 20;

/**
 * Returns the name of a file for a URL. Encoded, one character can take twelve. A long name is cut before its extension;
 * the relation has the whole name.
 */
export function urlName(fileName: string): string {
  const isTooLong = (name: string): boolean => encodeURIComponent(name).length > MAX_URL_NAME_LENGTH;
  if (!isTooLong(fileName)) return fileName;
  const dot = fileName.lastIndexOf('.');
  const ending = dot > 0 && fileName.length - dot <= MAX_ENDING_LENGTH ? fileName.slice(dot) : '';
  const characters = Array.from(fileName.slice(0, fileName.length - ending.length));
  while (isTooLong(characters.join('') + ending)) characters.pop();
  return characters.join('') + ending;
}

const OCTETS = { 'Content-Type': 'application/octet-stream' };

/**
 * Stores the bytes: `POST _apis/wit/attachments` (OpenAPI operation `Attachments_Create`, REST reference A.1). Each
 * call creates a new attachment; after a repeated call the server eventually removes the unlinked one.
 *
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function createAttachment(
  connection: Connection,
  { fileName, ...bytes }: SimpleUpload,
): Promise<AttachmentReference> {
  const response = await connection.send({
    method: 'POST',
    path: PATH,
    query: { fileName: fileName && urlName(fileName), uploadType: 'simple' },
    headers: OCTETS,
    ...bytes,
    isIdempotent: false,
  });
  return readJson(response, `POST ${PATH}`, readReference);
}

/**
 * Starts a chunked upload (REST reference A.2). The content type is required even without content; the URL of the
 * response is the one to link.
 *
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function registerAttachment(
  connection: Connection,
  fileName: string,
  signal: AbortSignal,
): Promise<AttachmentReference> {
  const response = await connection.send({
    method: 'POST',
    path: PATH,
    query: { fileName: urlName(fileName), uploadType: 'chunked' },
    headers: OCTETS,
    signal,
    isIdempotent: false,
  });
  return readJson(response, `POST ${PATH}`, readReference);
}

/**
 * Sends one chunk (REST reference A.3). Any 2xx except an HTML page is a success.
 *
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function putChunk(
  connection: Connection,
  { reference, fileName, contentRange, ...bytes }: Chunk,
): Promise<void> {
  const response = await connection.send({
    method: 'PUT',
    path: `${PATH}/${reference.id}`,
    query: { fileName: urlName(fileName) },
    headers: { ...OCTETS, 'Content-Range': contentRange },
    ...bytes,
    isIdempotent: false,
  });
  if (isHtml(response)) throw unexpectedAnswer(response, `PUT ${PATH}`);
}

/**
 * Downloads the stored bytes (REST reference C); the browser may keep them on disk. They may be the HTML page of a
 * proxy: callers must compare them.
 *
 * @param onProgress Called with the number of bytes received.
 * @param headBytes Requests this many bytes at the beginning only. A server may send the whole file all the same.
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function readAttachment(
  connection: Connection,
  reference: AttachmentReference,
  signal: AbortSignal,
  onProgress?: (bytesRead: number) => void,
  headBytes?: number,
): Promise<Blob> {
  const call = attachmentCall(reference);
  const response = await connection.send({
    ...call,
    headers: { ...call.headers, ...(headBytes !== undefined && { Range: `bytes=0-${headBytes - 1}` }) },
    wantsBlob: true,
    ...(onProgress && { onDownloadProgress: onProgress }),
    signal,
  });
  if (!response.blob) throw unexpectedAnswer(response, `GET ${PATH}`);
  return response.blob;
}

/** Returns the call for the stored bytes. */
export function attachmentCall({ id }: Pick<AttachmentReference, 'id'>): Call {
  return {
    method: 'GET',
    path: `${PATH}/${id}`,
    query: { download: 'true' },
    // Content type of the operation; the default requests JSON.
    headers: { Accept: 'application/octet-stream' },
    isIdempotent: true,
  };
}

/** Returns the error for a response of another kind, such as the page of a proxy. */
export function unexpectedAnswer({ status }: HttpResponse, requestName: string): ServerError {
  return new ServerError(
    'unexpected-answer',
    `The answer to ${requestName} is not what Azure DevOps sends.`,
    {
      status,
    },
  );
}

/** `{ "id": "<guid>", "url": "…" }`. */
function readReference(value: unknown): AttachmentReference | undefined {
  if (!isRecord(value)) return undefined;
  const url = textOf(value['url']);
  const id = textOf(value['id']).toLowerCase() || attachmentIdOf(url);
  return id && url ? { id, url } : undefined;
}
