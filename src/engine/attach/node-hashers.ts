import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Hashers } from '../../upload/volumes/hash-volumes';

/** Hash functions of Node, which are faster than those of the browser. */
export const nodeHashers: Hashers = {
  sha256() {
    const hash = createHash('sha256');
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
  },

  crc32() {
    let crc = 0;
    return {
      update: (bytes) => void (crc = crc32(bytes, crc)),
      digest: () => crc.toString(16).padStart(8, '0'),
    };
  },
};
