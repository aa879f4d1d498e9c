import { createDeflater } from './deflater';

/** Maximum number of bytes to read for a prediction. */
export const MAX_SAMPLED_BYTES = 2 * 2 ** 20;

/**
 * Number of samples of a large file, each of 64 KiB. Eight of 256 KiB would read as much, but miss too much of a
 * file with a compressed middle.
 */
const SAMPLES = 32;

/** Bytes of a zip beside the content and the two copies of the name: headers, times and sizes. */
const ENTRY_BYTES = 200;

/** Reason why there is no zip of a file: the browser has no compression, or the file cannot be read. */
export type ZipUnavailable = 'no-compression' | 'unreadable';

/** Expected result of a zip. */
export type ZipPrediction =
  | {
      readonly kind: 'predicted';
      /** Size of the zip in bytes, at most 10 % wrong for usual files. */
      readonly bytes: number;
    }
  | { readonly kind: 'unavailable'; readonly reason: ZipUnavailable };

/**
 * Predicts the size of the zip of a file. Reads at most 2 MiB, spread over the file.
 *
 * @throws DOMException `AbortError` after an abort.
 */
export async function predictZip(
  { name, source }: { readonly name: string; readonly source: Blob },
  signal?: AbortSignal,
): Promise<ZipPrediction> {
  const deflater = createDeflater();
  if (!deflater) return { kind: 'unavailable', reason: 'no-compression' };
  const ranges = sampleRanges(source.size);
  const sampled = ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  const overhead = ENTRY_BYTES + 2 * new TextEncoder().encode(name).length;
  if (sampled === 0) return { kind: 'predicted', bytes: overhead };
  try {
    // In one stream: each sample finds the words of the one before, as the zip would.
    const [deflated] = await Promise.all([
      countBytes(deflater.readable),
      writeSamples(deflater.writable, source, ranges, signal),
    ]);
    return { kind: 'predicted', bytes: Math.ceil((deflated / sampled) * source.size) + overhead };
  } catch {
    signal?.throwIfAborted();
    return { kind: 'unavailable', reason: 'unreadable' };
  }
}

/** Files of a bundle whose content is sampled; the ones after them count in full. */
const MAX_SAMPLED_FILES = 50;

/** Predicts the size of one zip of several files. The largest ones are sampled. Never rejects. */
export async function predictBundle(
  files: readonly { readonly name: string; readonly source: Blob }[],
): Promise<ZipPrediction> {
  const bySize = [...files].sort((a, b) => b.source.size - a.source.size);
  let bytes = 0;
  for (const [index, file] of bySize.entries()) {
    if (index >= MAX_SAMPLED_FILES) {
      bytes += file.source.size + ENTRY_BYTES + 2 * file.name.length;
      continue;
    }
    const predicted = await predictZip(file);
    if (predicted.kind === 'unavailable') return predicted;
    bytes += predicted.bytes;
  }
  return { kind: 'predicted', bytes };
}

/** Range of bytes, `end` exclusive. */
interface SampleRange {
  readonly start: number;
  readonly end: number;
}

/** Returns the samples of a file: all of a small one, or the middle of each part of a large one. */
export function sampleRanges(sizeBytes: number): readonly SampleRange[] {
  if (sizeBytes <= MAX_SAMPLED_BYTES) return sizeBytes > 0 ? [{ start: 0, end: sizeBytes }] : [];
  const length = MAX_SAMPLED_BYTES / SAMPLES;
  return Array.from({ length: SAMPLES }, (_, index) => {
    const start = Math.round(((index + 0.5) * sizeBytes) / SAMPLES - length / 2);
    return { start, end: start + length };
  });
}

async function writeSamples(
  writable: WritableStream<BufferSource>,
  source: Blob,
  ranges: readonly SampleRange[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const writer = writable.getWriter();
  // The read of the other end reports it.
  writer.closed.catch(() => undefined);
  try {
    for (const { start, end } of ranges) {
      signal?.throwIfAborted();
      await writer.write(new Uint8Array(await source.slice(start, end).arrayBuffer()));
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  }
}

async function countBytes(readable: ReadableStream<Uint8Array>): Promise<number> {
  const reader = readable.getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes;
    bytes += value.length;
  }
}
