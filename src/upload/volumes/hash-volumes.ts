import { createPause } from '../../base/steps';

/** Hashes of a file that is split. */
export interface VolumeHashes {
  /** SHA-256 of the whole file, hexadecimal. */
  readonly sha256: string;
  /** CRC-32 of each volume, eight hexadecimal digits, in order. */
  readonly crcs: readonly string[];
}

/** A hash under way. */
export interface Hasher {
  readonly update: (bytes: Uint8Array) => void;
  /** Returns the hash in hexadecimal digits. Called once, at the end. */
  readonly digest: () => string;
}

/** Hash functions of the platform. */
export interface Hashers {
  readonly sha256: () => Hasher;
  /** Its hash has eight digits. Only the newest hasher is in use. */
  readonly crc32: () => Hasher;
}

/** Size of the buffer, in bytes. */
const BUFFER_BYTES = 256 * 1024;

/**
 * Hashes a file and its volumes in one pass, and holds only a part of it in memory. The page stays usable meanwhile.
 *
 * @param volumeBytes Size of each volume but the last, in bytes.
 * @throws DOMException if the file is unreadable; the reason of `signal` after an abort.
 */
export async function hashVolumes(
  source: Blob,
  volumeBytes: number,
  hashers: Hashers,
  signal?: AbortSignal,
): Promise<VolumeHashes> {
  const whole = hashers.sha256();
  const crcs: string[] = [];
  let crc = hashers.crc32();
  /** Bytes missing in the current volume. */
  let missing = volumeBytes;
  const reader = readerOf(source.stream());
  // Reads of a local file end without a pause for the page.
  const pause = createPause(signal);
  try {
    for (;;) {
      const value = await reader.read();
      signal?.throwIfAborted();
      if (!value) break;
      await pause();
      whole.update(value);
      for (let at = 0; at < value.length;) {
        if (missing === 0) {
          crcs.push(crc.digest());
          crc = hashers.crc32();
          missing = volumeBytes;
        }
        const end = Math.min(value.length, at + missing);
        crc.update(value.subarray(at, end));
        missing -= end - at;
        at = end;
      }
    }
  } finally {
    reader.release();
  }
  crcs.push(crc.digest());
  return { sha256: whole.digest(), crcs };
}

/** Reader of the bytes of a file. */
interface BytesReader {
  /** Returns the next bytes, valid until the next call; `undefined` at the end. */
  readonly read: () => Promise<Uint8Array | undefined>;
  readonly release: () => void;
}

/** Reads into one buffer where the browser can: buffers for a whole file would wait for the garbage collector. */
function readerOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): BytesReader {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: 'byob' });
  } catch {
    const other = stream.getReader();
    return { read: async () => (await other.read()).value, release: () => other.releaseLock() };
  }
  let buffer = new ArrayBuffer(BUFFER_BYTES);
  return {
    async read() {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (value) buffer = value.buffer;
      return done ? undefined : value;
    },
    release: () => reader.releaseLock(),
  };
}
