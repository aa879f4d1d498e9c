/** What a file is recognised by, whatever its name: its size, and hashes of what it begins with, holds and ends with. */
export interface Fingerprint {
  /** In bytes. */
  readonly size: number;
  /** XXH128 of the first, the middle and the last MiB, in hexadecimal; a single one of all where they would overlap. */
  readonly hashes: readonly string[];
}

const MIB = 1024 * 1024;

/**
 * Reads at most 3 MiB, however large the file.
 *
 * @throws DOMException when it cannot be read.
 */
export async function fingerprintOf(file: Blob): Promise<Fingerprint> {
  const { xxhash128 } = await import(/* webpackChunkName: "hash" */ 'hash-wasm');
  const { size } = file;
  const middle = Math.floor((size - MIB) / 2);
  const parts =
    size <= 3 * MIB ? [file] : [0, middle, size - MIB].map((first) => file.slice(first, first + MIB));
  const hashes: string[] = [];
  for (const part of parts) hashes.push(await xxhash128(new Uint8Array(await part.arrayBuffer())));
  return { size, hashes };
}

/** Whether both are of the same content, as far as they tell. */
export function haveSameFingerprint(a: Fingerprint, b: Fingerprint): boolean {
  return a.size === b.size && a.hashes.join() === b.hashes.join();
}
