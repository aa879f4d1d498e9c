import { readAttachment } from '../azure/rest/attachments';
import type { FrameServices } from '../upload/frame-services';
import type { Attachments } from './attachments';
import { loadSplitTools } from './split/load-split-tools';

/** Creates the reader of files that are no part of a text, see `Attachments.readBytes`. */
export function createByteReader({
  connection,
  runtime,
}: Pick<FrameServices, 'connection' | 'runtime'>): Attachments['readBytes'] {
  return async ({ reference, volumes }, signal, onProgress, headBytes) => {
    if (!volumes) return readAttachment(connection, reference, signal, onProgress, headBytes);
    const { readJoined } = await loadSplitTools();
    return readJoined(volumes, {
      read: (part, ...rest) => readAttachment(connection, part.reference, ...rest),
      ...{ runtime, signal, onProgress, headBytes },
    });
  };
}
