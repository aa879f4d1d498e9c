/** In a sandboxed frame the browser downloads nothing, and does not say so (host reference 5.1). */
export function mayDownload(): boolean {
  return window.origin !== 'null';
}

/** How long the address of a download stays valid, in milliseconds. */
const DOWNLOAD_MS = 60_000;

/** Lets the browser save `bytes` under a name, as it does with any download. */
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
