import { PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { CancelledError } from '../../../base/errors';
import { loadModule } from '../../../base/load-module';
import type { Runtime } from '../../../base/runtime';
import { browserRuntime } from '../../../base/runtime';
import { startWorker } from '../../../base/start-worker';
import { ViewerProblem } from '../viewer-problem';
import { VERBOSITY } from './open-pdf';

/** Time for the code of a worker to load, in milliseconds. */
const LOAD_MS = 10_000;

/** Time for a worker to close its document, in milliseconds. A worker kept busy by its file never closes it. */
const CLOSE_MS = 1_000;

/** Dependencies of `createParsers`. */
export interface ParserOptions {
  /** May throw: a page can be barred from workers. */
  readonly startWorker: () => Worker;
  /** Registers the parser on the page. */
  readonly register: () => Promise<unknown>;
  readonly runtime: Runtime;
}

/**
 * Starts a parser for one document.
 *
 * @param signal Ends its worker.
 * @returns `undefined` where no worker can be started: the parser is registered on the page instead.
 * @throws ViewerProblem `unreadable` if the code of the parser could not be loaded.
 * @throws CancelledError After an abort.
 */
export type StartParser = (signal: AbortSignal) => Promise<PDFWorker | undefined>;

/** Creates a function that starts parsers, each in a worker of its own, so that no file blocks the page. */
export function createParsers({ startWorker, register, runtime }: ParserOptions): StartParser {
  /** Set when a worker is known to start without doing anything, to wait for the first one only. */
  let isBarred = false;

  /** Resolves with the first event: the parser sends a message when it is ready. */
  function firstEvent(worker: Worker): Promise<'message' | 'error' | 'timeout'> {
    return new Promise((resolve) => {
      const clearTimer = runtime.setTimer(LOAD_MS, () => resolve('timeout'));
      for (const type of ['message', 'error'] as const) {
        const settle = (event: Event): void => {
          // Browsers also report an error as one of the page.
          event.preventDefault();
          clearTimer();
          resolve(type);
        };
        worker.addEventListener(type, settle, { once: true });
      }
    });
  }

  async function start(): Promise<Worker | undefined> {
    if (isBarred) return undefined;
    try {
      const worker = startWorker();
      const event = await firstEvent(worker);
      if (event === 'message') return worker;
      worker.terminate();
      isBarred = event === 'timeout';
    } catch {
      // The page is barred from workers, for example by a policy.
    }
    return undefined;
  }

  return async (signal) => {
    const worker = await start();
    if (!worker) {
      try {
        await register();
      } catch (cause) {
        throw new ViewerProblem('unreadable', { cause });
      }
      return undefined;
    }
    if (signal.aborted) {
      worker.terminate();
      throw new CancelledError();
    }
    signal.addEventListener('abort', () => runtime.setTimer(CLOSE_MS, () => worker.terminate()));
    return PDFWorker.create({ port: worker, verbosity: VERBOSITY });
  };
}

/** Starts a parser for one document of the viewer. */
export const startParser = createParsers({
  startWorker: () => startWorker('pdf-worker.js'),
  register: () => loadModule(() => import(/* webpackChunkName: "pdf-start" */ './register-parser')),
  runtime: browserRuntime,
});
