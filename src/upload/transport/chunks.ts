const MIB = 1024 * 1024;

/** Chunks are multiples of this, in bytes. */
export const MIN_CHUNK_BYTES = MIB;

/** Initial size without a throughput sample, in bytes. */
export const INITIAL_CHUNK_BYTES = 8 * MIB;

/** In bytes. A single request over about 130 MB is refused (REST reference A.4). */
export const MAX_CHUNK_BYTES = 64 * MIB;

/**
 * Target duration of a chunk, in milliseconds. Chunks are sequential, so each costs a round trip: 2 % at 40 ms (peer
 * figures, lesson 5).
 */
const TARGET_CHUNK_MS = 2_000;

/** Maximum duration of a chunk, in milliseconds: a lost connection loses the whole chunk. */
const MAX_CHUNK_MS = 10_000;

/** Byte range of a file, `last` inclusive. Not possible for empty files. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The chunk at `first` in a file of `total` bytes.
 *
 * @param first From 0 to `total - 1`.
 */
export function chunkAt(first: number, chunkBytes: number, total: number): ByteRange {
  return { first, last: Math.min(first + chunkBytes, total) - 1 };
}

/** Number of bytes in a range. */
export function lengthOf({ first, last }: ByteRange): number {
  return last - first + 1;
}

/** Value of the `Content-Range` header, `bytes 0-39999/50000` (REST reference A.3). */
export function contentRange({ first, last }: ByteRange, total: number): string {
  return `bytes ${first}-${last}/${total}`;
}

/** Size of the first chunk, in bytes, for a throughput measured so far or `undefined`. */
export function firstChunkBytes(bytesPerSecond: number | undefined): number {
  if (bytesPerSecond === undefined) return INITIAL_CHUNK_BYTES;
  return Math.min(INITIAL_CHUNK_BYTES, wholeChunk((bytesPerSecond * TARGET_CHUNK_MS) / 1000));
}

/**
 * Size of the chunk after a successful one of `chunkBytes`, in bytes. It at most doubles, to limit the effect of
 * outliers.
 *
 * @param elapsedMs From the first byte to the response.
 */
export function nextChunkBytes(chunkBytes: number, elapsedMs: number): number {
  if (elapsedMs > MAX_CHUNK_MS) return wholeChunk((chunkBytes * MAX_CHUNK_MS) / elapsedMs);
  return wholeChunk(chunkBytes * Math.min(2, Math.max(1, TARGET_CHUNK_MS / elapsedMs)));
}

/** Size of the chunk after a failed one of `chunkBytes`, in bytes. */
export function smallerChunkBytes(chunkBytes: number): number {
  return wholeChunk(chunkBytes / 2);
}

function wholeChunk(bytes: number): number {
  const whole = Math.floor(bytes / MIN_CHUNK_BYTES) * MIN_CHUNK_BYTES;
  return Math.min(MAX_CHUNK_BYTES, Math.max(MIN_CHUNK_BYTES, whole));
}
