/** Length of a part that is decoded at once, in characters. A multiple of 4. */
const PART_LENGTH = 256 * 1024;

/** Decodes base64, also with line breaks. Returns `undefined` if it is not valid. */
export function decodeBase64(base64: string): Uint8Array<ArrayBuffer> | undefined {
  const text = /\s/.test(base64) ? base64.replace(/\s+/g, '') : base64;
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  try {
    for (let start = 0; start < text.length; start += PART_LENGTH) {
      const part = atob(text.slice(start, start + PART_LENGTH));
      for (let at = 0; at < part.length; at++) bytes[length++] = part.charCodeAt(at);
    }
  } catch {
    return undefined;
  }
  return bytes.subarray(0, length);
}

/** Returns byte arrays as one, in order. A single one is not copied. */
export function joinBytes<B extends ArrayBufferLike>(
  parts: readonly Uint8Array<B>[],
): Uint8Array<B | ArrayBuffer> {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
