/** So many bytes are held by the page before the browser takes them, which may put them on the disk. */
const PIECE_BYTES = 1024 * 1024;

/**
 * All bytes of a stream as one blob. `Response.blob` would keep them in the page until the last has come.
 *
 * @param stream Nobody else needs what comes out of it: it is given back to the system as soon as the browser has it.
 * @throws DOMException `AbortError` after an abort, else what the stream fails with.
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
      // Nothing of a stream is shared with other threads.
      chunks.push(value as Uint8Array<ArrayBuffer>);
      held += value.byteLength;
      if (held < PIECE_BYTES) continue;
      pieces.push(new Blob(chunks));
      for (const { buffer } of chunks) letGo(buffer);
      chunks = [];
      held = 0;
    }
  } catch (error) {
    await reader.cancel(error).catch(() => undefined);
    throw error;
  }
}

/** Smaller ones may be parts of a buffer that somebody goes on using. */
const LEAST_BYTES = 16 * 1024;

/**
 * Gives memory back at once. By itself the browser collects it only when there are some 50 MiB of it (Chromium 114 and
 * newer know the call; the others go on as they are).
 */
function letGo(buffer: ArrayBuffer & { transfer?: (newLength: number) => ArrayBuffer }): void {
  if (buffer.byteLength >= LEAST_BYTES) buffer.transfer?.(0);
}
