import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Hashes of a file that is split. */
export interface VolumeHashes {
  /** SHA-256 of the whole file, hexadecimal. */
  readonly sha256: string;
  /** CRC-32 of each volume, eight hexadecimal digits, in order. */
  readonly crcs: readonly string[];
}

/**
 * Hashes a file and its volumes in one pass, and holds only a part of it in memory.
 *
 * @param volumeBytes Size of each volume but the last, in bytes.
 * @throws DOMException if the file is unreadable.
 */
export async function hashVolumes(source: Blob, volumeBytes: number): Promise<VolumeHashes> {
  const hash = createHash('sha256');
  const crcs: number[] = [];
  let position = 0;
  const reader = source.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    hash.update(value);
    for (let at = 0; at < value.length;) {
      const index = Math.floor(position / volumeBytes);
      const end = Math.min(value.length, at + (index + 1) * volumeBytes - position);
      crcs[index] = crc32(value.subarray(at, end), crcs[index] ?? 0);
      position += end - at;
      at = end;
    }
  }
  return { sha256: hash.digest('hex'), crcs: crcs.map((crc) => crc.toString(16).padStart(8, '0')) };
}
