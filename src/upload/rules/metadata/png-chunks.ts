import { joinBytes } from '../../../base/bytes';
import { crc32 } from '../crc32';
import { DamagedError, MAX_METADATA_BYTES } from './cleaned';
import { asciiBytes, viewOf } from './part-reader';

/** Returns a chunk of a PNG. */
export function pngChunk(type: string, content: Uint8Array): Uint8Array {
  const body = joinBytes([asciiBytes(type), content]);
  const [length, crc] = [new Uint8Array(4), new Uint8Array(4)];
  viewOf(length).setUint32(0, content.length);
  viewOf(crc).setUint32(0, crc32(body));
  return joinBytes([length, body, crc]);
}

/**
 * Inflates compressed bytes.
 *
 * @throws DamagedError for damaged or too long data, and where browsers cannot inflate
 */
export async function inflate(
  bytes: Uint8Array,
  format: 'deflate' | 'deflate-raw' = 'deflate',
): Promise<Uint8Array> {
  const { DecompressionStream: Inflater } = globalThis as Partial<typeof globalThis>;
  if (!Inflater) throw new DamagedError();
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new Inflater(format));
  const reader: ReadableStreamDefaultReader<Uint8Array> = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return joinBytes(parts);
      parts.push(value);
      length += value.length;
      if (length > MAX_METADATA_BYTES) throw new DamagedError();
    }
  } catch (cause) {
    await reader.cancel().catch(() => undefined);
    throw new DamagedError('', { cause });
  }
}
