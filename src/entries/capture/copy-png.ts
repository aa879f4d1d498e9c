/** Copies an image to the clipboard, at a click or key; resolves with whether it worked. Never rejects. */
export async function copyPng(png: Blob): Promise<boolean> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    return true;
  } catch {
    // Missing, or refused by the browser.
    return false;
  }
}
