import type { AttachedFile } from './model/attached-file';
import { downloadUrl } from './model/file-links';
import type { Host } from '../azure/host/host';
import { mayDownload, saveFile } from '../ui/save-file';
import type { Attachments } from './attachments';

/**
 * Creates the download command. If the frame can save files, it reads the file with our token and saves it. Otherwise the
 * host opens the download address.
 *
 * @returns A function that rejects when the file cannot be read or opened.
 */
export function createDownload(
  { readBytes }: Pick<Attachments, 'readBytes'>,
  { openInNewTab }: Pick<Host, 'openInNewTab'>,
): (file: AttachedFile) => Promise<void> {
  return async (file) => {
    if (!mayDownload()) {
      await openInNewTab(downloadUrl(file));
      return;
    }
    const bytes = await readBytes(file, new AbortController().signal);
    // With its real media type, the browser might show the file in our frame instead of saving it.
    saveFile(new Blob([bytes], { type: 'application/octet-stream' }), file.name);
  };
}
