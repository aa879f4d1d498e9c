/** Bytes whose characters are the arguments of one call. */
const CALL_BYTES = 0x6000;

/** Returns one character for each byte. No `TextDecoder` does that in each environment. */
export function charactersOf(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CALL_BYTES)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + CALL_BYTES)));
  return parts.join('');
}
