import { CancelledError } from '../../base/errors';
import { currentCulture } from '../../base/i18n/culture';
import type { Runtime } from '../../base/runtime';
import type { ViewerProblemKind } from '../viewers/viewer-problem';
import { ViewerProblem } from '../viewers/viewer-problem';
import type { TaskInput, TaskName, TaskResult } from './tasks';

/** Message to a worker. */
export interface WorkerOrder<N extends TaskName> {
  readonly stapler: 'order';
  readonly task: N;
  readonly input: TaskInput<N>;
  /** The user's culture, for the encoding of texts. */
  readonly culture: string;
}

/** Message of a worker. */
export type WorkerAnswer =
  | { readonly stapler: 'ready' }
  | { readonly stapler: 'done'; readonly result: unknown }
  | { readonly stapler: 'failed'; readonly kind: ViewerProblemKind };

/** Part of a `Worker` in use here. */
export type TaskWorker = Pick<
  Worker,
  'postMessage' | 'terminate' | 'addEventListener' | 'removeEventListener'
>;

/** Limits of a task. */
export interface TaskLimits {
  /** Time for the task, in milliseconds. A file that takes longer was probably made to never end. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Workers that run a task each. */
export interface WorkerPool {
  /**
   * Runs a task. Resolves with `undefined` if no worker can be started.
   *
   * @throws ViewerProblem `takes-too-long` after the time limit or a crash; otherwise as the task does.
   * @throws CancelledError After an abort.
   */
  readonly run: <N extends TaskName>(
    task: N,
    input: TaskInput<N>,
    limits: TaskLimits,
  ) => Promise<TaskResult<N> | undefined>;
}

/** Dependencies of `createWorkerPool`. */
export interface WorkerPoolOptions {
  /** May throw: a page can be barred from workers. */
  readonly startWorker: () => TaskWorker;
  readonly runtime: Runtime;
}

/** Time for the code of a worker to load, in milliseconds. */
const LOAD_MS = 20_000;

/** Time to keep a worker without work, in milliseconds. */
const IDLE_MS = 10_000;

/** Creates a pool without workers. It starts as many as there are tasks at a time, and ends them when idle. */
export function createWorkerPool({ startWorker, runtime }: WorkerPoolOptions): WorkerPool {
  const idle: TaskWorker[] = [];
  let isBarred = false;
  let stopClosing = (): void => undefined;

  /** Resolves with `undefined` after an error, a timeout or an abort. */
  function nextAnswer(
    worker: TaskWorker,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<WorkerAnswer | undefined> {
    return new Promise((resolve) => {
      const settle = (answer: WorkerAnswer | undefined): void => {
        clearTimer();
        worker.removeEventListener('message', onMessage);
        worker.removeEventListener('error', onError);
        signal?.removeEventListener('abort', onEnd);
        resolve(answer);
      };
      const onEnd = (): void => settle(undefined);
      const onError = (event: Event): void => {
        // Browsers also report it as an error of the page, such as that of a script aborted by a navigation.
        event.preventDefault();
        onEnd();
      };
      const onMessage = (event: Event): void => {
        const { data } = event as MessageEvent<Partial<WorkerAnswer>>;
        // The PDF library sends messages as well.
        if (data.stapler) settle(data as WorkerAnswer);
      };
      const clearTimer = runtime.setTimer(timeoutMs, onEnd);
      worker.addEventListener('message', onMessage);
      worker.addEventListener('error', onError);
      signal?.addEventListener('abort', onEnd);
    });
  }

  async function start(): Promise<TaskWorker | undefined> {
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

  function keep(worker: TaskWorker): void {
    idle.push(worker);
    stopClosing();
    stopClosing = runtime.setTimer(IDLE_MS, () => {
      for (const each of idle.splice(0)) each.terminate();
    });
  }

  return {
    async run<N extends TaskName>(task: N, input: TaskInput<N>, { timeoutMs, signal }: TaskLimits) {
      const worker = idle.pop() ?? (await start());
      if (!worker) return undefined;
      if (signal.aborted) {
        keep(worker);
        throw new CancelledError();
      }
      const culture = currentCulture();
      worker.postMessage({ stapler: 'order', task, input, culture } satisfies WorkerOrder<N>);
      const answer = await nextAnswer(worker, timeoutMs, signal);
      if (answer) keep(worker);
      else worker.terminate();
      if (answer?.stapler === 'done') return answer.result as TaskResult<N>;
      throw failureOf(answer, signal);
    },
  };
}

function failureOf(answer: WorkerAnswer | undefined, { aborted }: AbortSignal): Error {
  if (aborted) return new CancelledError();
  return new ViewerProblem(answer?.stapler === 'failed' ? answer.kind : 'takes-too-long');
}
