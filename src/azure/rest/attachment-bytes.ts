import type { AttachmentReference } from '../work-item';
import { attachmentCall, unexpectedAnswer } from './attachments';
import type { Connection } from './connection';

/** Options of `openAttachment`. */
export interface OpenOptions {
  /** First and last byte, both inclusive. Default: all bytes. A server may send all the same. */
  readonly range?: readonly [first: number, last: number];
  readonly signal: AbortSignal;
  /** Called with the number of bytes received. */
  readonly onProgress?: (bytesRead: number) => void;
}

/** Stored bytes of an attachment, on their way or here. */
export interface AttachmentBytes {
  /** Whether only the range is sent. */
  readonly isPart: boolean;
  /** Whether all bytes are here. Otherwise an end of the reading ends the transfer. */
  readonly isHere: boolean;
  /** Small pieces in order. They fail like `Connection.send`. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

const PARTIAL_CONTENT = 206;

const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * Opens the stored bytes for reading in pieces. In Node they are streamed; a browser receives all of them first, possibly
 * on disk. They may be the page of a proxy: callers must compare the size.
 *
 * @throws StaplerError on failure, CancelledError after an abort.
 */
export async function openAttachment(
  connection: Connection,
  reference: Pick<AttachmentReference, 'id'>,
  { range, signal, onProgress }: OpenOptions,
): Promise<AttachmentBytes> {
  const call = attachmentCall(reference);
  const response = await connection.send({
    ...call,
    headers: { ...call.headers, ...(range && { Range: `bytes=${range[0]}-${range[1]}` }) },
    wantsBlob: true,
    wantsStream: true,
    ...(onProgress && { onDownloadProgress: onProgress }),
    signal,
  });
  const isPart = response.status === PARTIAL_CONTENT;
  if (response.stream) return { isPart, isHere: false, pieces: response.stream };
  if (!response.blob) throw unexpectedAnswer(response, `GET ${call.path}`);
  return { isPart, isHere: true, pieces: piecesOf(response.blob) };
}

async function* piecesOf(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += PIECE_BYTES)
    yield new Uint8Array(await blob.slice(at, at + PIECE_BYTES).arrayBuffer());
}
