import { drawThumbnail } from './draw-thumbnail';
import type { WorkerAnswer, WorkerOrder } from './worker-pool';

declare global {
  /** Folder of the chunks, for webpack. */
  var __webpack_public_path__: string;
}

/** Set by `startWorker`: the worker has no address of its own to find further chunks. */
const { staplerFolder } = self as unknown as { staplerFolder: string };
__webpack_public_path__ = staplerFolder;

const answer = (message: WorkerAnswer): void => self.postMessage(message);

// The page ends the worker for an abort.
const { signal } = new AbortController();

self.addEventListener('message', ({ data }: MessageEvent<Partial<WorkerOrder>>) => {
  // The PDF library talks to itself.
  if (!(data.bytes instanceof Blob) || typeof data.name !== 'string') return;
  drawThumbnail(data.bytes, data.name, signal).then(
    (picture) => answer({ stapler: 'drawn', picture }),
    () => answer({ stapler: 'refused' }),
  );
});
answer({ stapler: 'ready' });
