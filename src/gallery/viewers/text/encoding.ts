/** Character encodings, by their `TextDecoder` labels. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Display names. */
export const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252',
};

/**
 * Detects the encoding by the byte order mark. Without one, it is UTF-8 if the bytes are valid, or else Windows-1252,
 * with a character for every byte.
 *
 * @param beginning First bytes of the text.
 * @param isComplete Whether this is the whole text. If not, the last character may be incomplete.
 */
export function detectEncoding(beginning: Uint8Array, isComplete: boolean): Encoding {
  const [first, second] = beginning;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(beginning, { stream: !isComplete });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/**
 * Reads and decodes a whole file.
 *
 * @throws DOMException If the bytes cannot be read.
 */
export async function readWholeText(bytes: Blob): Promise<string> {
  const all = new Uint8Array(await bytes.arrayBuffer());
  return new TextDecoder(detectEncoding(all, true)).decode(all);
}

/**
 * Returns the offset of the first whole line in bytes from the middle of a text, or of the first whole character if no
 * line starts there.
 *
 * @param bytes Bytes from an even offset in the text.
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

/** Control characters not found in text. Terminal escapes are allowed. */
const CONTROLS = /[\u0001-\u0007\u000e-\u001a\u001c-\u001f]/g;

/** Whether the content is probably binary: it has a NUL, or more than one control character in 20. */
export function looksBinary(text: string): boolean {
  if (text.includes('\0')) return true;
  return (text.match(CONTROLS)?.length ?? 0) > text.length / 20;
}
