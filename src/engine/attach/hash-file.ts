import { createHash } from 'node:crypto';

/**
 * Returns the SHA-256 of a file, hexadecimal, and holds only a part of it in memory.
 *
 * @throws DOMException if the file is unreadable.
 */
export async function sha256Of(source: Blob): Promise<string> {
  const hash = createHash('sha256');
  const reader = source.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return hash.digest('hex');
    hash.update(value);
  }
}
