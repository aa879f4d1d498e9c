import type { AttachedFile } from './model/attached-file';
import { partsOf } from './model/attached-file';
import { downloadUrl } from './model/file-links';
import type { Host } from '../azure/host/host';
import { mayDownload, saveFile } from '../ui/save-file';
import type { Attachments } from './attachments';

/**
 * Saves a file to the person's disk.
 *
 * @param onProgress Called with the number of bytes received.
 * @throws StaplerError when the file cannot be read or opened, CancelledError after an abort.
 */
export type Download = (
  file: AttachedFile,
  signal: AbortSignal,
  onProgress: (bytesRead: number) => void,
) => Promise<void>;

/**
 * Creates the download command. If the frame can save files, it reads the file with our token and saves it. Otherwise the
 * host opens the download address. It can't join a split file: the parts are saved instead.
 */
export function createDownload(
  { readBytes }: Pick<Attachments, 'readBytes'>,
  { openInNewTab }: Pick<Host, 'openInNewTab'>,
): Download {
  return async (file, signal, onProgress) => {
    if (!mayDownload()) {
      for (const part of partsOf(file)) await openInNewTab(downloadUrl(part));
      return;
    }
    const bytes = await readBytes(file, signal, onProgress);
    signal.throwIfAborted();
    // With its real media type, the browser might show the file in our frame instead of saving it.
    saveFile(new Blob([bytes], { type: 'application/octet-stream' }), file.name);
  };
}
