import { detectEncoding } from './encoding';

/**
 * All of a text, for what can only be understood as a whole.
 *
 * @throws DOMException where the bytes cannot be read.
 */
export async function readWholeText(bytes: Blob): Promise<string> {
  const all = new Uint8Array(await bytes.arrayBuffer());
  return new TextDecoder(detectEncoding(all, true)).decode(all);
}
