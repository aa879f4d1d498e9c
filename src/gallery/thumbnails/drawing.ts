import { kindOf } from '../../base/file-kind';
import type { Runtime } from '../../base/runtime';
import { drawThumbnail } from './draw-thumbnail';
import { drawVideo } from './draw-video';
import type { WorkerPoolOptions } from './worker-pool';
import { createWorkerPool } from './worker-pool';

export { startWorker } from './worker-pool';

/** Draws a thumbnail of a file. Rejects if it cannot be drawn, or after an abort. */
export type DrawThumbnail = (bytes: Blob, name: string, signal: AbortSignal) => Promise<Blob>;

/** Draws in workers, or on the page if there can be none. */
export function createDrawing({
  startWorker,
  runtime,
}: WorkerPoolOptions & { readonly runtime: Runtime }): DrawThumbnail {
  const workers = createWorkerPool({ startWorker, runtime });

  return async (bytes, name, signal) => {
    const kind = kindOf(name);
    // Workers have no players.
    if (kind === 'video') return drawVideo(bytes, name, signal, runtime);
    const drawn = await workers.draw({ bytes, name }, signal);
    if (drawn) return drawn;
    // Could not be ended.
    if (kind === 'pdf') throw new Error('PDF files are drawn in workers only.');
    return drawThumbnail(bytes, name, signal);
  };
}
