/** Invisible characters and reordering ones: controls, bidirectional controls, zero-width spaces, soft hyphens. */
const HIDDEN =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Bidirectional controls, except the marks that isolate a quoted name (U+2068, U+2069). */
const REORDERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]/g;

/**
 * Replaces invisible and reordering characters with a symbol or their code point. Tabs stay.
 *
 * @param keep `prose` to keep line ends and soft hyphens.
 */
export function makeVisible(text: string, keep?: 'prose'): string {
  return text.replace(HIDDEN, (character) => {
    if (keep === 'prose' && '\n\r\u00ad'.includes(character)) return character;
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : codePointOf(character);
  });
}

/**
 * Replaces bidirectional controls with their code points. They can make a name that ends in `gnp.exe` look like
 * `exe.png`.
 */
export function showReordering(text: string): string {
  return text.replace(REORDERING, codePointOf);
}

/** `⟨U+202E⟩` */
function codePointOf(character: string): string {
  return `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
