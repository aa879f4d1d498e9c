/** Whether the frame can download files. A sandboxed frame cannot, and reports no error (host reference 5.1). */
export function mayDownload(): boolean {
  return window.origin !== 'null';
}

/** Lifetime of the object URL of a download, in milliseconds. */
const DOWNLOAD_MS = 60_000;

/** Downloads `bytes` as a file with this name. */
export function saveFile(bytes: Blob, name: string): void {
  const url = URL.createObjectURL(bytes);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), DOWNLOAD_MS);
}
