/**
 * Puts `text` on the clipboard; resolves with whether that worked. Must be called inside a click or a key press. A
 * frame that the host gave no leave to write to the clipboard falls back on the older way, as does a sandboxed one.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'for-screen-readers';
  document.body.append(area);
  area.focus({ preventScroll: true });
  area.select();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only other way, and here the last resort
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}
