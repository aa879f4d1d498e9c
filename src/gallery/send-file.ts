import { retry } from '../base/retry';
import { sleep } from '../base/sleep';
import type { FrameServices } from '../link/frame-services';
import type { AttachmentReference } from '../model/attachment';
import { createUploadTransport } from '../upload-transport';

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

/** Attempts for a file that a person waits for; each resumes after the last byte that the server has confirmed. */
const MAX_ATTEMPTS = 6;

/** What the path of uploads does, for one file by itself: in one request or in chunks, and again where that can help. */
export function createSendFile(services: Pick<FrameServices, 'connection' | 'runtime'>): SendFile {
  const { connection, runtime } = services;
  const { transport } = createUploadTransport(services).queueOptions;
  let quietUntil = 0;
  connection.onThrottled((delayMs) => (quietUntil = runtime.now() + delayMs));

  function mayGoOn(): Promise<void> {
    const delayMs = quietUntil - runtime.now();
    return delayMs > 0 ? sleep(runtime, delayMs) : Promise.resolve();
  }

  return ({ name, source }, { signal, onProgress }) => {
    const { size } = source;
    const run = transport.begin({ name, size, source, isOneOfMany: false });
    return retry(
      () =>
        run.run({
          signal,
          mayGoOn,
          onProgress: ({ bytesSent }) => onProgress(bytesSent),
          onStep: () => undefined,
          onSession: () => Promise.resolve(),
        }),
      { runtime, signal, maxAttempts: MAX_ATTEMPTS },
    );
  };
}
