import { CancelledError, isStaplerError, NetworkError, TimeoutError } from '../../base/errors';
import type { HttpRequest } from './http-stack';
import type { StartStallWatch } from './stall-watch';

/** A request in progress. It ends by itself after an abort or a stall. */
export interface RequestRun {
  /** For messages: method and path. */
  readonly name: string;
  readonly url: URL;
  /** Aborted with the error of the request. */
  readonly signal: AbortSignal;
  readonly recordProgress: () => void;
  /** Records the head of the response. */
  readonly recordAnswer: () => void;
  /** Whether the caller reads no further for now, so that no byte can move. */
  readonly setIdle: (isIdle: boolean) => void;
  /** Settles as `task` does, or rejects as soon as the request ends by itself. */
  readonly whileRunning: <T>(task: Promise<T>) => Promise<T>;
  /** Returns the typed error for one of the platform. */
  readonly errorFor: (error: unknown) => Error;
  readonly end: () => void;
}

/**
 * Starts to watch a request.
 *
 * @param onStall Called before a stalled request is aborted.
 */
export function startRun(
  request: HttpRequest,
  watchStall: StartStallWatch,
  onStall: (url: URL) => void,
): RequestRun {
  const { signal, stallMs } = request;
  const url = new URL(request.url);
  const name = `${request.method} ${url.pathname}`;
  const controller = new AbortController();
  let isIdle = false;
  let hasAnswer = false;

  const { recordProgress, stop } = watchStall(stallMs, () => {
    if (isIdle) return;
    onStall(url);
    abort(new TimeoutError(`No byte of ${name} moved for too long.`, stallMs ?? 0));
  });

  function abort(reason: Error): void {
    end();
    controller.abort(reason);
  }

  const cancel = (): void => abort(new CancelledError());

  function end(): void {
    stop();
    signal?.removeEventListener('abort', cancel);
  }

  if (signal?.aborted) cancel();
  else signal?.addEventListener('abort', cancel, { once: true });

  return {
    name,
    url,
    signal: controller.signal,
    recordProgress,
    recordAnswer() {
      hasAnswer = true;
      recordProgress();
    },
    setIdle(nowIdle) {
      isIdle = nowIdle;
      recordProgress();
    },
    whileRunning: (task) =>
      new Promise((resolve, reject) => {
        const stopWaiting = (): void => reject(controller.signal.reason as Error);
        if (controller.signal.aborted) stopWaiting();
        controller.signal.addEventListener('abort', stopWaiting, { once: true });
        task.finally(() => controller.signal.removeEventListener('abort', stopWaiting)).then(resolve, reject);
      }),
    errorFor(error) {
      if (controller.signal.aborted) return controller.signal.reason as Error;
      if (isStaplerError(error)) return error;
      return new NetworkError(hasAnswer ? `${name} was cut off.` : `No answer to ${name}.`, { cause: error });
    },
    end,
  };
}
