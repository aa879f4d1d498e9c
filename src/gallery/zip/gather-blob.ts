/** So many bytes are held by the page before the browser takes them, which may put them on the disk. */
const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * All bytes of a stream as one blob. `Response.blob` would keep them in the page until the last has come.
 *
 * @throws DOMException `AbortError` after an abort, else what the stream fails with.
 */
export async function gatherBlob(
  stream: ReadableStream<Uint8Array>,
  type: string,
  signal: AbortSignal,
): Promise<Blob> {
  const reader = stream.getReader();
  const pieces: Blob[] = [];
  let chunks: BlobPart[] = [];
  let held = 0;
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return new Blob([...pieces, ...chunks], { type });
      chunks.push(value as BlobPart);
      held += value.byteLength;
      if (held < PIECE_BYTES) continue;
      pieces.push(new Blob(chunks));
      chunks = [];
      held = 0;
    }
  } catch (error) {
    await reader.cancel(error).catch(() => undefined);
    throw error;
  }
}
