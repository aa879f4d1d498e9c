/** Size of the slices in memory, in bytes. */
const SLICE_BYTES = 4 * 1024 * 1024;

/**
 * Whether two blobs hold the same bytes. Reads both in slices and yields in between. Compares bytes instead of hashes
 * because `crypto.subtle` is missing over plain HTTP, as on some servers on premises.
 *
 * @throws DOMException if a blob cannot be read, or `signal` was aborted.
 */
export async function haveSameBytes(a: Blob, b: Blob, signal: AbortSignal): Promise<boolean> {
  if (a.size !== b.size) return false;
  for (let first = 0; first < a.size; first += SLICE_BYTES) {
    const slices = [a, b].map((blob) => blob.slice(first, first + SLICE_BYTES).arrayBuffer());
    const [ofA, ofB] = await Promise.all(slices);
    signal.throwIfAborted();
    if (!ofA || !ofB || !areEqual(ofA, ofB)) return false;
  }
  return true;
}

function areEqual(a: ArrayBuffer, b: ArrayBuffer): boolean {
  if (a.byteLength !== b.byteLength) return false;
  const words = Math.floor(a.byteLength / 4);
  const [wordsOfA, wordsOfB] = [new Uint32Array(a, 0, words), new Uint32Array(b, 0, words)];
  for (let at = 0; at < words; at++) if (wordsOfA[at] !== wordsOfB[at]) return false;
  const [restOfA, restOfB] = [new Uint8Array(a, 4 * words), new Uint8Array(b, 4 * words)];
  return restOfA.every((byte, at) => byte === restOfB[at]);
}
