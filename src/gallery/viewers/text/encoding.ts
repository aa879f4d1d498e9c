import type { Encoding } from '../../../base/decode-text';
import { decodeText, detectEncoding } from '../../../base/decode-text';

/** A decoded file. */
export interface WholeText {
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * Reads and decodes a whole file.
 *
 * @throws DOMException If the bytes cannot be read.
 */
export async function readWhole(bytes: Blob): Promise<WholeText> {
  const all = new Uint8Array(await bytes.arrayBuffer());
  const encoding = detectEncoding(all, true);
  return { text: decodeText(all, encoding), encoding };
}

/**
 * Reads the text of a whole file.
 *
 * @throws DOMException If the bytes cannot be read.
 */
export async function readWholeText(bytes: Blob): Promise<string> {
  return (await readWhole(bytes)).text;
}

/** Kind of the line ends in a text. */
export type LineEnds = 'none' | 'mixed' | 'LF' | 'CRLF' | 'CR';

/** Returns the kind of line ends in a text. */
export function lineEndsOf(text: string): LineEnds {
  const kinds = new Set(text.match(/\r\n|\r|\n/g));
  if (kinds.size !== 1) return kinds.size === 0 ? 'none' : 'mixed';
  return kinds.has('\n') ? 'LF' : kinds.has('\r\n') ? 'CRLF' : 'CR';
}

/** Control characters not found in text. Terminal escapes are allowed. */
const CONTROLS = /[\u0001-\u0007\u000e-\u001a\u001c-\u001f]/g;

/** Whether the content is probably binary: it has a NUL, or more than one control character in 20. */
export function looksBinary(text: string): boolean {
  if (text.includes('\0')) return true;
  return (text.match(CONTROLS)?.length ?? 0) > text.length / 20;
}
