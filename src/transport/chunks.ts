const MIB = 1024 * 1024;

/** Chunks are whole multiples of this many bytes. */
export const SMALLEST_CHUNK = MIB;

/** Size to begin with where nothing is known of the line, in bytes. */
export const FIRST_CHUNK = 8 * MIB;

/** Largest chunk, in bytes; a single request beyond about 130 MB is refused (REST reference A.4). */
export const LARGEST_CHUNK = 64 * MIB;

/**
 * Time that one chunk shall take, in milliseconds. Chunks go one after another, so that each costs a round trip: at
 * 40 ms that is 2 % (peer figures, lesson 5).
 */
const AIM_MS = 2_000;

/** A chunk that takes longer is too large: a connection that breaks loses all of it. In milliseconds. */
const LONGEST_MS = 10_000;

/** Bytes of a file, `last` inclusive; empty files have none. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The chunk that begins at `first` in a file of `total` bytes.
 *
 * @param first At least 0 and less than `total`.
 */
export function chunkAt(first: number, chunkBytes: number, total: number): ByteRange {
  return { first, last: Math.min(first + chunkBytes, total) - 1 };
}

/** Number of bytes in a range. */
export function lengthOf({ first, last }: ByteRange): number {
  return last - first + 1;
}

/** As the `Content-Range` header says it, `bytes 0-39999/50000` (REST reference A.3). */
export function contentRange({ first, last }: ByteRange, total: number): string {
  return `bytes ${first}-${last}/${total}`;
}

/** Size of the first chunk, in bytes, on a line that is known to carry so much, or of which nothing is known. */
export function firstChunkBytes(bytesPerSecond: number | undefined): number {
  if (bytesPerSecond === undefined) return FIRST_CHUNK;
  return Math.min(FIRST_CHUNK, wholeChunk((bytesPerSecond * AIM_MS) / 1000));
}

/**
 * Size of the next chunk, in bytes, after one of `chunkBytes` has arrived. It at most doubles, so that one lucky
 * measurement cannot do much.
 *
 * @param elapsedMs From its first byte to its answer.
 */
export function nextChunkBytes(chunkBytes: number, elapsedMs: number): number {
  if (elapsedMs > LONGEST_MS) return wholeChunk((chunkBytes * LONGEST_MS) / elapsedMs);
  return wholeChunk(chunkBytes * Math.min(2, Math.max(1, AIM_MS / elapsedMs)));
}

/** Size of the next chunk, in bytes, after one of `chunkBytes` failed. */
export function smallerChunkBytes(chunkBytes: number): number {
  return wholeChunk(chunkBytes / 2);
}

function wholeChunk(bytes: number): number {
  const whole = Math.floor(bytes / SMALLEST_CHUNK) * SMALLEST_CHUNK;
  return Math.min(LARGEST_CHUNK, Math.max(SMALLEST_CHUNK, whole));
}
