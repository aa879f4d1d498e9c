import type { AttachmentReference } from '../model/attachment';
import { attachmentIdOf } from '../model/attachment';
import type { Connection } from './connection';
import { isRecord, readJson, textOf } from './server-errors';

/** An upload in one request. */
export interface SimpleUpload {
  /** Name that the attachment gets; percent-encoded on the way. */
  readonly fileName: string;
  /** The bytes, streamed by the browser. */
  readonly body: Blob;
  readonly signal: AbortSignal;
  readonly onUploadProgress: (bytesSent: number) => void;
}

/**
 * Stores the bytes: `POST _apis/wit/attachments` (OpenAPI operation `Attachments_Create`, REST reference A.1). Each
 * call makes a new attachment, so a repeated one leaves the first behind without a relation; the server removes
 * those by itself.
 *
 * @throws StaplerError when it failed, CancelledError when `signal` was aborted.
 */
export async function createAttachment(
  connection: Connection,
  upload: SimpleUpload,
): Promise<AttachmentReference> {
  const response = await connection.send({
    method: 'POST',
    path: '_apis/wit/attachments',
    query: { fileName: upload.fileName, uploadType: 'simple' },
    headers: { 'Content-Type': 'application/octet-stream' },
    body: upload.body,
    signal: upload.signal,
    onUploadProgress: upload.onUploadProgress,
    repeatable: true,
  });
  return readJson(response, 'POST _apis/wit/attachments', readReference);
}

/** `{ "id": "<guid>", "url": "…" }`. */
function readReference(value: unknown): AttachmentReference | undefined {
  if (!isRecord(value)) return undefined;
  const url = textOf(value['url']);
  const id = textOf(value['id']).toLowerCase() || attachmentIdOf(url);
  return id && url ? { id, url } : undefined;
}
