import { readAttachment } from '../azure/rest/attachments';
import type { FrameServices } from '../upload/frame-services';
import type { AttachedFile } from './model/attached-file';
import { loadSplitTools } from './split/load-split-tools';

/**
 * Reads the bytes of a file. Those of a split one are joined and checked, see `readJoined`. Rejects with a StaplerError.
 *
 * @param onProgress Called with the number of bytes received.
 * @param headBytes See `readAttachment`.
 */
export type ReadBytes = (
  file: AttachedFile,
  signal: AbortSignal,
  onProgress?: (bytesRead: number) => void,
  headBytes?: number,
) => Promise<Blob>;

/** Creates the reader of files that are no part of a text, see `ReadBytes`. */
export function createByteReader({
  connection,
  runtime,
}: Pick<FrameServices, 'connection' | 'runtime'>): ReadBytes {
  return async ({ reference, volumes }, signal, onProgress, headBytes) => {
    if (!volumes) return readAttachment(connection, reference, signal, onProgress, headBytes);
    const { readJoined } = await loadSplitTools();
    return readJoined(volumes, {
      read: (part, ...rest) => readAttachment(connection, part.reference, ...rest),
      ...{ runtime, signal, onProgress, headBytes },
    });
  };
}
