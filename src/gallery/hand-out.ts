import type { AttachedFile } from '../attached/attached-file';
import type { Host } from '../host/host';
import type { Attachments } from './attachments';

/** In a sandboxed frame the browser downloads nothing, and does not say so (host reference 5.1). */
const mayDownload = (): boolean => window.origin !== 'null';

/** How long the address of a download stays valid, in milliseconds. */
const DOWNLOAD_MS = 60_000;

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
      await openInNewTab(downloadAddress(file));
      return;
    }
    save(await readBytes(file, new AbortController().signal), file.name);
  };
}

/** The address under which the server hands out a file by its name (REST reference C). */
function downloadAddress({ reference, name }: AttachedFile): string {
  const url = new URL(reference.url);
  url.search = '';
  url.searchParams.set('fileName', name);
  url.searchParams.set('download', 'true');
  return url.href;
}

function save(bytes: Blob, name: string): void {
  // As what it is, the browser could show it in our frame instead of saving it.
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), DOWNLOAD_MS);
}
