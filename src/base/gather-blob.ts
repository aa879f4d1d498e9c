/** Bytes to collect in the page before they become a blob. The browser can move blobs to disk. */
const PIECE_BYTES = 1024 * 1024;

/**
 * Collects a stream into one blob. `Response.blob` would keep all bytes in the page until the end.
 *
 * @param stream Its chunks must not be used elsewhere: their memory is released early.
 * @throws DOMException `AbortError` after an abort, or the error of the stream.
 */
export async function gatherBlob(
  stream: ReadableStream<Uint8Array>,
  type: string,
  signal: AbortSignal,
): Promise<Blob> {
  const reader = stream.getReader();
  const pieces: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let held = 0;
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return new Blob([...pieces, ...chunks], { type });
      // The chunks are not shared with other threads.
      chunks.push(value as Uint8Array<ArrayBuffer>);
      held += value.byteLength;
      if (held < PIECE_BYTES) continue;
      pieces.push(new Blob(chunks));
      for (const { buffer } of chunks) releaseMemory(buffer);
      chunks = [];
      held = 0;
    }
  } catch (error) {
    await reader.cancel(error).catch(() => undefined);
    throw error;
  }
}

/** Smallest buffer to release, in bytes. The zip library may still use smaller ones. */
const MIN_RELEASED_BYTES = 16 * 1024;

/**
 * Releases memory at once. Garbage collection would wait for about 50 MiB of it. Browsers without `transfer` (Chromium
 * before 114) keep the memory until then.
 */
function releaseMemory(buffer: ArrayBuffer & { transfer?: (newLength: number) => ArrayBuffer }): void {
  if (buffer.byteLength >= MIN_RELEASED_BYTES) buffer.transfer?.(0);
}
