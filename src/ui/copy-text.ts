/**
 * Writes `text` to the clipboard; resolves with whether it worked. Must be called in a click or key handler. Falls
 * back to `execCommand` in sandboxed frames and in frames without permission to write to the clipboard.
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
  // A modal dialog makes the rest of the page inert: nothing would be selected there.
  (focused?.closest('dialog') ?? document.body).append(area);
  area.focus({ preventScroll: true });
  area.select();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- last resort where the Clipboard API is refused
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}
