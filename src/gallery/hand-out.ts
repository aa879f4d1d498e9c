import type { AttachedFile } from '../attached/attached-file';
import { downloadUrl } from '../attached/file-links';
import type { Host } from '../host/host';
import { mayDownload, saveFile } from '../ui/save-file';
import type { Attachments } from './attachments';

/**
 * Hands a file to the person: read with our token where the frame may download; elsewhere the host's own page opens
 * its address as a download.
 *
 * @returns What rejects when neither can be done.
 */
export function createHandOut(
  { readBytes }: Pick<Attachments, 'readBytes'>,
  { openInNewTab }: Pick<Host, 'openInNewTab'>,
): (file: AttachedFile) => Promise<void> {
  return async (file) => {
    if (!mayDownload()) {
      await openInNewTab(downloadUrl(file));
      return;
    }
    const bytes = await readBytes(file, new AbortController().signal);
    // As what it is, the browser could show it in our frame instead of saving it.
    saveFile(new Blob([bytes], { type: 'application/octet-stream' }), file.name);
  };
}
