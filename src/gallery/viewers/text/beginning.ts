import type { Encoding } from '../../../base/decode-text';
import { detectEncoding } from '../../../base/decode-text';
import { looksBinary } from './encoding';

/** Beginning of a text. */
export interface TextBeginning {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly encoding: Encoding;
  /** Whether the content is probably binary. */
  readonly isBinary: boolean;
  /** Bytes that were not read. */
  readonly missingBytes: number;
}

/**
 * Reads and decodes the beginning of a text. An incomplete character at its end is left out.
 *
 * @param chosen Encoding chosen by the user. Default: detected from these bytes.
 * @throws DOMException If the bytes cannot be read.
 */
export async function readBeginning(blob: Blob, maxBytes: number, chosen?: Encoding): Promise<TextBeginning> {
  const bytes = new Uint8Array(await blob.slice(0, maxBytes).arrayBuffer());
  const missingBytes = Math.max(0, blob.size - maxBytes);
  const encoding = chosen ?? detectEncoding(bytes, missingBytes === 0);
  const text = new TextDecoder(encoding).decode(bytes, { stream: missingBytes > 0 });
  return { bytes, text, encoding, isBinary: looksBinary(text), missingBytes };
}

/** Splits a text at `\n`, `\r` and `\r\n`. */
export function splitLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}
