import { retry } from '../base/retry';
import { sleep } from '../base/sleep';
import type { FrameServices } from '../upload/frame-services';
import type { AttachmentReference } from '../azure/attachment';
import { createUploadTransport } from '../upload/upload-transport';

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

/** Attempts for one file; each resumes after the last confirmed byte. */
const MAX_ATTEMPTS = 6;

/** Creates an upload of single files, in one request or in chunks, with retries. */
export function createSendFile(services: Pick<FrameServices, 'connection' | 'runtime'>): SendFile {
  const { connection, runtime } = services;
  const { transport } = createUploadTransport(services).queueOptions;
  let quietUntil = 0;
  connection.onThrottled((delayMs) => (quietUntil = runtime.now() + delayMs));

  function waitUntilOpen(): Promise<void> {
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
          waitUntilOpen,
          onProgress: ({ bytesSent }) => onProgress(bytesSent),
          onStep: () => undefined,
          onSession: () => Promise.resolve(),
        }),
      { runtime, signal, maxAttempts: MAX_ATTEMPTS },
    );
  };
}
