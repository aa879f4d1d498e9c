import { attachmentName } from '../../upload/intake/attachment-name';

/** Invisible characters and reordering ones: controls, bidirectional controls, zero-width spaces. */
const HIDDEN = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Characters forbidden in file names, and characters that disguise a name. */
const UNSAFE = /[<>:"|?*\u0080-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Replaces invisible and reordering characters with a symbol or their code point. Tabs stay.
 *
 * @param keep `lines` to keep line ends.
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

/**
 * Returns the name for saving a part of a file: the last segment of its path, to stay in the chosen folder, without
 * invisible or reordering characters.
 */
export function safeFileName(path: string): string {
  return attachmentName(attachmentName(path).replace(UNSAFE, '_'));
}
