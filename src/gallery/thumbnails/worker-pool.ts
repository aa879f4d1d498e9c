import { CancelledError } from '../../base/errors';
import type { Runtime } from '../../base/runtime';

/** File to draw, as a message to a worker. */
export interface WorkerOrder {
  readonly bytes: Blob;
  readonly name: string;
}

/** Message of a worker. */
export type WorkerAnswer =
  { readonly stapler: 'ready' | 'refused' } | { readonly stapler: 'drawn'; readonly picture: Blob };

/** Part of a `Worker` in use here. */
export type ThumbnailWorker = Pick<
  Worker,
  'postMessage' | 'terminate' | 'addEventListener' | 'removeEventListener'
>;

/** Workers that draw a file each. */
export interface WorkerPool {
  /**
   * Draws a file. `undefined` if no worker can be made.
   *
   * @throws Error if the file cannot be drawn, in time or at all.
   */
  readonly draw: (order: WorkerOrder, signal: AbortSignal) => Promise<Blob | undefined>;
}

/** Dependencies of `createWorkerPool`. */
export interface WorkerPoolOptions {
  /** May throw: a page can be barred from workers. */
  readonly startWorker: () => ThumbnailWorker;
  readonly runtime: Runtime;
}

/** Time for the code of a worker to load, in milliseconds. */
const LOAD_MS = 20_000;

/** Time to draw one file, in milliseconds. A file that takes longer was probably made to never end. */
const DRAW_MS = 10_000;

/** Time to keep a worker without work, in milliseconds. */
const IDLE_MS = 10_000;

/** Creates a pool without workers. It starts as many as there are orders at a time, and ends them when idle. */
export function createWorkerPool({ startWorker, runtime }: WorkerPoolOptions): WorkerPool {
  const idle: ThumbnailWorker[] = [];
  let isBarred = false;
  let stopClosing = (): void => undefined;

  /** Resolves with `undefined` after an error, a timeout or an abort. */
  function nextAnswer(
    worker: ThumbnailWorker,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<WorkerAnswer | undefined> {
    return new Promise((resolve) => {
      const settle = (answer: WorkerAnswer | undefined): void => {
        clearTimer();
        worker.removeEventListener('message', onMessage);
        worker.removeEventListener('error', onEnd);
        signal?.removeEventListener('abort', onEnd);
        resolve(answer);
      };
      const onEnd = (): void => settle(undefined);
      const onMessage = (event: Event): void => {
        const { data } = event as MessageEvent<Partial<WorkerAnswer>>;
        // The PDF library sends messages as well.
        if (data.stapler) settle(data as WorkerAnswer);
      };
      const clearTimer = runtime.setTimer(timeoutMs, onEnd);
      worker.addEventListener('message', onMessage);
      worker.addEventListener('error', onEnd);
      signal?.addEventListener('abort', onEnd);
    });
  }

  async function start(): Promise<ThumbnailWorker | undefined> {
    if (isBarred) return undefined;
    try {
      const worker = startWorker();
      if (await nextAnswer(worker, LOAD_MS)) return worker;
      worker.terminate();
    } catch {
      // The page is barred from workers, for example by a policy.
    }
    isBarred = true;
    return undefined;
  }

  function keep(worker: ThumbnailWorker): void {
    idle.push(worker);
    stopClosing();
    stopClosing = runtime.setTimer(IDLE_MS, () => {
      for (const each of idle.splice(0)) each.terminate();
    });
  }

  return {
    async draw(order, signal) {
      const worker = idle.pop() ?? (await start());
      if (!worker) return undefined;
      if (signal.aborted) {
        keep(worker);
        throw new CancelledError();
      }
      worker.postMessage(order);
      const answer = await nextAnswer(worker, DRAW_MS, signal);
      if (answer) keep(worker);
      else worker.terminate();
      if (answer?.stapler === 'drawn') return answer.picture;
      throw new Error('The file cannot be drawn.');
    },
  };
}

/**
 * Starts a worker from a `Blob`: in a sandboxed frame, whose origin is `null`, the address of a script is refused, but
 * its import is not.
 */
export function startWorker(script = 'thumbnail-worker.js'): Worker {
  const folder = new URL('.', location.href).href;
  const code = `self.staplerFolder=${JSON.stringify(folder)};importScripts(staplerFolder+${JSON.stringify(script)})`;
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  try {
    return new Worker(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}
