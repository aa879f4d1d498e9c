import { createMutex } from '../../base/async';
import { CancelledError } from '../../base/errors';
import { kindOf } from '../../base/file-kind';
import { drawThumbnail } from './draw-thumbnail';
import { drawVideo } from './draw-video';
import { readImageSize } from './image-size';
import type { WorkerPoolOptions } from './worker-pool';
import { createWorkerPool } from './worker-pool';

export { startWorker } from './worker-pool';

/** Draws a thumbnail of a file. Rejects if it cannot be drawn, or after an abort. */
export type DrawThumbnail = (bytes: Blob, name: string, signal: AbortSignal) => Promise<Blob>;

/** Pixels of a picture that is decoded alone, since two of the largest would take 400 MB. */
const MIN_LARGE_PIXELS = 16_000_000;

/** Draws in workers, or on the page if there can be none. */
export function createDrawing({ startWorker, runtime }: WorkerPoolOptions): DrawThumbnail {
  const workers = createWorkerPool({ startWorker, runtime });
  const oneAtATime = createMutex();

  const draw: DrawThumbnail = async (bytes, name, signal) => {
    if (signal.aborted) throw new CancelledError();
    const drawn = await workers.draw({ bytes, name }, signal);
    if (drawn) return drawn;
    // Could not be ended.
    if (kindOf(name) === 'pdf') throw new Error('PDF files are drawn in workers only.');
    return drawThumbnail(bytes, name, signal);
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
