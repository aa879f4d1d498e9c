/** Characters that are not seen, or that turn what stands beside them: controls, bidirectional marks, no-width spaces. */
const HIDDEN = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/**
 * A text in which nothing is hidden: what would not be seen, or would reorder the rest, is shown by a sign of its own
 * or by its number. Tabs stay.
 *
 * @param keep `lines` where line ends are to stay what they are.
 */
export function makeVisible(text: string, keep?: 'lines'): string {
  return text.replace(HIDDEN, (character) => {
    const code = character.charCodeAt(0);
    if (keep === 'lines' && (character === '\n' || character === '\r')) return character;
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
