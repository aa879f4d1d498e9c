import type { Host } from '../host/host';
import type { AttachmentReference } from '../model/attachment';
import type { Surroundings } from '../model/surroundings';
import type { HttpStack } from '../rest/http-stack';
import { createSending } from '../sending';
import { persist } from './persist';

/** File to upload. */
export interface FileSource {
  readonly name: string;
  readonly source: Blob;
}

/** Options of `SendFile`. */
export interface SendFileOptions {
  readonly signal: AbortSignal;
  /** Called with the number of bytes sent. The number falls when bytes are sent again. */
  readonly onProgress: (bytesSent: number) => void;
}

/**
 * Uploads a file without linking it.
 *
 * @throws StaplerError when the upload fails, CancelledError after an abort.
 */
export type SendFile = (file: FileSource, options: SendFileOptions) => Promise<AttachmentReference>;

/** Most attempts for one file. Each resumes after the last confirmed byte. */
const MOST_ATTEMPTS = 6;

/** Creates an upload of single files, in one request or in chunks, with retries. */
export function createSendFile(edges: {
  readonly host: Pick<Host, 'getToken' | 'getBaseUrl'>;
  readonly stack: HttpStack;
  readonly surroundings: Surroundings;
}): SendFile {
  const { surroundings } = edges;
  let quietUntil = 0;
  const { sending } = createSending({ ...edges, announce: (tell) => tell() }, (delayMs) => {
    quietUntil = surroundings.now() + delayMs;
  });
  const { transport } = sending;

  function mayGoOn(): Promise<void> {
    const delayMs = quietUntil - surroundings.now();
    return delayMs > 0 ? new Promise((resolve) => surroundings.later(delayMs, resolve)) : Promise.resolve();
  }

  return ({ name, source }, { signal, onProgress }) => {
    const { size } = source;
    const run = transport.begin({ name, size, source, isOneOfMany: false });
    return persist(
      () =>
        run.run({
          ...{ signal, mayGoOn },
          onProgress: ({ bytesSent }) => onProgress(bytesSent),
          onStep: () => undefined,
          onSession: () => Promise.resolve(),
        }),
      { surroundings, signal, mostAttempts: MOST_ATTEMPTS },
    );
  };
}
