import { loadModule } from '../../../base/load-module';

/** Identity of a file regardless of its name: size and hashes. */
export interface Fingerprint {
  /** In bytes. */
  readonly size: number;
  /** Hexadecimal XXH128 of the first, middle and last MiB, or of a whole file up to 3 MiB. */
  readonly hashes: readonly string[];
}

const MIB = 1024 * 1024;

/**
 * Computes the fingerprint of a file. Reads at most 3 MiB.
 *
 * @throws DOMException if the file is unreadable.
 */
export async function fingerprintOf(file: Blob): Promise<Fingerprint> {
  const { xxhash128 } = await loadModule(() => import(/* webpackChunkName: "hash" */ 'hash-wasm'));
  const { size } = file;
  const middle = Math.floor((size - MIB) / 2);
  const parts =
    size <= 3 * MIB ? [file] : [0, middle, size - MIB].map((first) => file.slice(first, first + MIB));
  const hashes: string[] = [];
  for (const part of parts) hashes.push(await xxhash128(new Uint8Array(await part.arrayBuffer())));
  return { size, hashes };
}

/** Whether both files have the same content, as far as fingerprints tell. */
export function haveSameFingerprint(a: Fingerprint, b: Fingerprint): boolean {
  return a.size === b.size && a.hashes.join() === b.hashes.join();
}
