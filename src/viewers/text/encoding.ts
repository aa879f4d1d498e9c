/** How the characters of a text are written as bytes, by the names that `TextDecoder` knows. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Names for people. */
export const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252',
};

/**
 * The encoding that a byte order mark names; without one UTF-8 where the bytes are valid, and else Windows-1252, in
 * which every byte is a character.
 *
 * @param beginning The first bytes of the text.
 * @param isAll Whether nothing follows. What does may end the last character.
 */
export function detectEncoding(beginning: Uint8Array, isAll: boolean): Encoding {
  const [first, second] = beginning;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(beginning, { stream: !isAll });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/**
 * The offset of the first whole line in bytes from the middle of a text, or of the first whole character where no
 * line begins in them.
 *
 * @param bytes They begin at an even offset of the text.
 */
export function firstWholeLine(bytes: Uint8Array, encoding: Encoding): number {
  const unitBytes = encoding.startsWith('utf-16') ? 2 : 1;
  const unitAt = (offset: number): number => {
    const [low, high] = encoding === 'utf-16be' ? [offset + 1, offset] : [offset, offset + 1];
    return unitBytes === 1 ? (bytes[offset] ?? 0) : (bytes[low] ?? 0) | ((bytes[high] ?? 0) << 8);
  };
  for (let offset = 0; offset + unitBytes <= bytes.length; offset += unitBytes)
    if (unitAt(offset) === 0x0a) return offset + unitBytes;
  let offset = 0;
  if (encoding === 'utf-8') while (((bytes[offset] ?? 0) & 0xc0) === 0x80) offset++;
  else if (unitBytes === 2 && (unitAt(0) & 0xfc00) === 0xdc00) offset = 2;
  return offset;
}

/** Control characters that no text has, beside those of a terminal. */
const CONTROLS = /[\u0001-\u0007\u000e-\u001a\u001c-\u001f]/g;

/** Whether what was read as text is likely something else: it has a NUL, or more than one control character in 20. */
export function looksBinary(text: string): boolean {
  if (text.includes('\0')) return true;
  return (text.match(CONTROLS)?.length ?? 0) > text.length / 20;
}
