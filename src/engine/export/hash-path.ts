import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * Returns the SHA-256 of a file, hexadecimal, and holds only a part of it in memory.
 *
 * @throws The error of the disk; `AbortError` after an abort.
 */
export async function hashPath(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { ...(signal && { signal }) });
  return hash.digest('hex');
}
