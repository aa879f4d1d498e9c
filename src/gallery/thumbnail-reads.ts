import { CancelledError, isStaplerError } from '../base/errors';
import type { Attachments } from './attachments';
import type { AttachedFile } from './model/attached-file';
import type { ReadLimits } from './model/thumbnail-limits';
import { maxCostOf } from './model/thumbnail-limits';

/**
 * Reads the bytes for a thumbnail: no more than `maxCostOf`, apart from bytes on their way when it cancels.
 *
 * @param onProgress Called with the number of bytes received.
 */
export type ReadForThumbnail = (
  file: AttachedFile,
  limits: ReadLimits,
  signal: AbortSignal,
  onProgress: (bytesRead: number) => void,
) => Promise<Blob>;

/** Creates a reader. It remembers whether the server sends parts of files. */
export function createThumbnailReads(readBytes: Attachments['readBytes']): ReadForThumbnail {
  let sendsParts: boolean | undefined;

  /** @param headBytes Requests the beginning only. */
  async function read(
    ...[file, limits, signal, onProgress, headBytes]: [...Parameters<ReadForThumbnail>, headBytes?: number]
  ): Promise<Blob> {
    const maxBytes = maxCostOf(file, limits) ?? 0;
    const aborter = new AbortController();
    const abort = (): void => aborter.abort();
    const check = (received: number): void => {
      if (headBytes !== undefined && received > headBytes) sendsParts = false;
      if (received > maxBytes) abort();
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    try {
      const bytes = await readBytes(
        file,
        aborter.signal,
        (received) => {
          onProgress(received);
          check(received);
        },
        headBytes,
      );
      check(bytes.size);
      if (aborter.signal.aborted) throw new CancelledError();
      return bytes;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  return async (file, limits, signal, onProgress) => {
    const { size = Infinity } = file;
    const { headBytes = Infinity, maxBytes } = limits;
    if (size <= headBytes || headBytes === Infinity) return read(file, limits, signal, onProgress);
    if (sendsParts === false && size > maxBytes) throw new CancelledError();
    if (sendsParts !== false)
      try {
        return await read(file, limits, signal, onProgress, headBytes);
      } catch (error) {
        // A preflight that refuses the header looks like a lost connection.
        if (size > maxBytes || !isStaplerError(error) || error.kind !== 'network') throw error;
      }
    const whole = await read(file, limits, signal, onProgress);
    sendsParts = false;
    return whole;
  };
}
