/** Content for the clipboard, in two formats. */
export interface RichText {
  readonly text: string;
  readonly html: string;
}

/**
 * Writes `text` to the clipboard; resolves with whether it worked. Must be called in a click or key handler. Falls
 * back to `execCommand` in sandboxed frames and in frames without permission to write to the clipboard.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection({ text });
  }
}

/** Writes a text and its HTML to the clipboard by a copy event. Returns whether it worked. See `copyText`. */
export function copyRichText(content: RichText): boolean {
  return copyBySelection(content);
}

function copyBySelection({ text, html }: Partial<RichText> & Pick<RichText, 'text'>): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'for-screen-readers';
  if (html !== undefined)
    area.addEventListener('copy', (event) => {
      event.preventDefault();
      event.clipboardData?.setData('text/plain', text);
      event.clipboardData?.setData('text/html', html);
    });
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
