import { decodeBase64 } from '../../base/bytes';
import { createMutex } from '../../base/async';
import { CancelledError } from '../../base/errors';
import { kindOf } from '../../base/file-kind';
import type { Runtime } from '../../base/runtime';
import type { WorkerPool } from '../workers/worker-pool';
import { drawVideo } from './draw-video';
import { readImageSize } from '../viewers/image/image-size';

/** Draws a thumbnail of a file. Rejects if it cannot be drawn, or after an abort. */
export type DrawThumbnail = (bytes: Blob, name: string, signal: AbortSignal) => Promise<Blob>;

/** Pixels of a picture that is decoded alone, since two of the largest would take 400 MB. */
const MIN_LARGE_PIXELS = 16_000_000;

/** Time to draw one file, in milliseconds. */
const DRAW_MS = 10_000;

/** Dependencies of `createDrawing`. */
export interface DrawingOptions {
  readonly workers: WorkerPool;
  readonly runtime: Runtime;
  readonly drawOnPage: DrawThumbnail;
}

/** A PNG of one pixel, which any worker can draw. */
const PROBE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/**
 * Draws in workers, or on the page if there can be none, or if they cannot draw: in the sandboxed frames of WebKit they
 * start, and fail with each file.
 */
export function createDrawing({ workers, runtime, drawOnPage }: DrawingOptions): DrawThumbnail {
  const oneAtATime = createMutex();
  /** Unknown until a worker has drawn a file, or failed with one. */
  let canWorkersDraw: boolean | undefined;

  function run(bytes: Blob, name: string, signal: AbortSignal): Promise<Blob | undefined> {
    return workers.run('drawThumbnail', { bytes, name }, { timeoutMs: DRAW_MS, signal });
  }

  function tryWorkers(): Promise<boolean> {
    const bytes = new Blob([decodeBase64(PROBE) ?? '']);
    return run(bytes, 'probe.png', new AbortController().signal).then(
      (drawn) => drawn !== undefined,
      () => false,
    );
  }

  async function drawInWorker(bytes: Blob, name: string, signal: AbortSignal): Promise<Blob | undefined> {
    if (canWorkersDraw === false) return undefined;
    try {
      const drawn = await run(bytes, name, signal);
      if (drawn) canWorkersDraw = true;
      return drawn;
    } catch (error) {
      canWorkersDraw ??= await tryWorkers();
      if (canWorkersDraw || signal.aborted) throw error;
      return undefined;
    }
  }

  const draw: DrawThumbnail = async (bytes, name, signal) => {
    if (signal.aborted) throw new CancelledError();
    const drawn = await drawInWorker(bytes, name, signal);
    if (drawn) return drawn;
    // Could not be ended.
    if (kindOf(name) === 'pdf') throw new Error('PDF files are drawn in workers only.');
    return drawOnPage(bytes, name, signal);
  };

  return async (bytes, name, signal) => {
    const kind = kindOf(name);
    // Workers have no players.
    if (kind === 'video') return drawVideo(bytes, name, signal, runtime);
    const { width, height } = (kind === 'image' && (await readImageSize(bytes))) || { width: 0, height: 0 };
    return width * height < MIN_LARGE_PIXELS
      ? draw(bytes, name, signal)
      : oneAtATime(() => draw(bytes, name, signal));
  };
}
