import type { AttachmentReference } from '../azure/work-item';
import { planTarget } from '../azure/work-item';
import type { Problem } from '../base/errors';
import { CancelledError, StaplerError } from '../base/errors';
import type { FrameServices } from '../upload/frame-services';
import { createUploadQueue } from '../upload/queue/upload-queue';
import type { UploadChange } from '../upload/queue/upload-store';
import type { UploadId } from '../upload/upload';
import { createUploadTransport } from '../upload/upload-transport';

/** File to upload. */
export interface FileSource {
  readonly name: string;
  readonly source: Blob;
}

/** Options of `SendFile`. */
export interface SendFileOptions {
  readonly signal: AbortSignal;
  /** Called with the number of bytes sent; it never falls. */
  readonly onProgress: (bytesSent: number) => void;
}

/**
 * Uploads a file without linking it.
 *
 * @throws StaplerError when the upload fails, CancelledError after an abort.
 */
export type SendFile = (file: FileSource, options: SendFileOptions) => Promise<AttachmentReference>;

/** The caller links the file, so that its upload has no work item. */
const TARGET = planTarget('gallery');

/** Creates an upload of single files by a queue of its own, with the retries of all uploads. */
export function createSendFile(
  services: Pick<FrameServices, 'connection' | 'uploadPlace' | 'runtime' | 'learned' | 'capabilities'>,
): SendFile {
  const queue = createUploadQueue(createUploadTransport(services).queueOptions);
  const listeners = new Map<UploadId, (change: UploadChange) => void>();
  services.connection.onThrottled(queue.throttle);
  queue.onChange((changes) => {
    for (const change of changes) listeners.get(change.after?.id ?? '')?.(change);
  });

  return ({ name, source }, { signal, onProgress }) =>
    new Promise((resolve, reject) => {
      const [id = ''] = queue.add([{ name, source, size: source.size, folder: '' }], TARGET);
      const end = (settle: () => void): void => {
        listeners.delete(id);
        signal.removeEventListener('abort', cancel);
        queue.evict([id]);
        settle();
      };
      const cancel = (): void => end(() => reject(new CancelledError()));
      listeners.set(id, ({ before, after }) => {
        const bytesSent = after?.progress.bytesSent ?? 0;
        const state = after?.state;
        if (state?.status === 'uploading' && bytesSent !== before?.progress.bytesSent) onProgress(bytesSent);
        if (state?.status === 'uploaded') end(() => resolve(state.reference));
        if (state?.status === 'failed') end(() => reject(errorOf(state.problem, name)));
      });
      signal.addEventListener('abort', cancel);
      if (signal.aborted) cancel();
    });
}

function errorOf({ kind, ...facts }: Problem, name: string): StaplerError {
  return new StaplerError(kind, `The upload of "${name}" failed.`, facts);
}
