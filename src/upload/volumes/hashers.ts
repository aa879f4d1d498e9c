import { createCRC32, createSHA256 } from 'hash-wasm';
import type { Hashers } from './hash-volumes';

/** Creates one hasher of each kind: volumes follow each other. */
export async function createHashers(): Promise<Hashers> {
  const [sha256, crc32] = await Promise.all([createSHA256(), createCRC32()]);
  const start = (hasher: typeof sha256) => () => {
    hasher.init();
    return { update: (bytes: Uint8Array) => void hasher.update(bytes), digest: () => hasher.digest('hex') };
  };
  return { sha256: start(sha256), crc32: start(crc32) };
}
