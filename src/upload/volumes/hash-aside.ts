import { startWorker } from '../../base/start-worker';
import { createHashers } from './hashers';
import type { HashAnswer, HashOrder } from './hash-worker';
import type { VolumeHashes } from './hash-volumes';
import { hashVolumes } from './hash-volumes';

/** Part of a worker that hashes. */
export type HashWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

/**
 * Hashes a file and its volumes in a worker. Where there is none, or it cannot read the file, the page does it in steps.
 *
 * @param start Starts the worker.
 * @throws DOMException if the file is unreadable; the reason of `signal` after an abort.
 */
export async function hashAside(
  order: HashOrder,
  signal: AbortSignal,
  start: () => HashWorker = () => startWorker('hash-worker.js'),
): Promise<VolumeHashes> {
  const hashes = await hashInWorker(order, signal, start);
  signal.throwIfAborted();
  return hashes ?? hashVolumes(order.source, order.volumeBytes, await createHashers(), signal);
}

/** Resolves with `undefined` if the worker fails, or after an abort. */
function hashInWorker(
  order: HashOrder,
  signal: AbortSignal,
  start: () => HashWorker,
): Promise<VolumeHashes | undefined> {
  return new Promise((resolve) => {
    let worker: HashWorker | undefined;
    const end = (hashes?: VolumeHashes): void => {
      worker?.terminate();
      signal.removeEventListener('abort', stop);
      resolve(hashes);
    };
    const stop = (): void => end();
    signal.addEventListener('abort', stop);
    try {
      worker = start();
      worker.addEventListener('message', ({ data }: MessageEvent<HashAnswer>) => end(data.hashes));
      worker.addEventListener('error', stop);
      worker.addEventListener('messageerror', stop);
      worker.postMessage(order);
    } catch {
      end();
    }
  });
}
