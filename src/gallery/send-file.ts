import type { Host } from '../host/host';
import type { AttachmentReference } from '../model/attachment';
import type { Surroundings } from '../model/surroundings';
import type { HttpStack } from '../rest/http-stack';
import { createSending } from '../sending';
import { persist } from './persist';

/** A file that is to be stored. */
export interface FileSource {
  readonly name: string;
  readonly source: Blob;
}

/** How storing it reports and is stopped. */
export interface SendFileOptions {
  readonly signal: AbortSignal;
  /** Told how many of its bytes have left the browser; it falls when they have to be sent again. */
  readonly onProgress: (bytesSent: number) => void;
}

/**
 * Stores the bytes of a file on the server, linked to nothing.
 *
 * @throws StaplerError when it failed, CancelledError after an abort.
 */
export type SendFile = (file: FileSource, options: SendFileOptions) => Promise<AttachmentReference>;

/** So many attempts for a file that a person waits for; each goes on where the server has confirmed. */
const MOST_ATTEMPTS = 6;

/** What the path of uploads does, for one file by itself: in one request or in chunks, and again where that can help. */
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
