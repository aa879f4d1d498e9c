import { CancelledError } from '../../base/errors';
import type { Runtime } from '../../base/runtime';
import type { DrawThumbnail } from '../thumbnails/drawing';
import { createDrawing } from '../thumbnails/drawing';
import type { ViewerProblemKind } from '../viewers/viewer-problem';
import { ViewerProblem } from '../viewers/viewer-problem';
import type { RunTask, TaskName } from './tasks';
import { tasks } from './tasks';
import type { WorkerPool } from './worker-pool';
import { startWorker } from '../../base/start-worker';
import { createWorkerPool } from './worker-pool';

/** Time for a task of a viewer, in milliseconds. */
const TIMEOUT_MS = 4_000;

/** Time for tasks that end by themselves, in milliseconds: a comparison of long texts becomes rough after a while,
 * and a search for secrets stops. */
const OWN_TIMEOUTS_MS: Partial<Record<TaskName, number>> = { compareTexts: 10_000, treatSecrets: 35_000 };

/** Problems of workers that cannot load code or read files, as in the sandboxed frames of WebKit. */
const RETRIED_ON_PAGE: ReadonlySet<ViewerProblemKind> = new Set(['internal', 'unreadable']);

/** Work on files, away from the page as far as possible. */
export interface FileWork {
  readonly runTask: RunTask;
  readonly draw: DrawThumbnail;
}

/** Creates the work of a gallery. It starts no worker before the first task. */
export function createFileWork(runtime: Runtime): FileWork {
  const workers = createWorkerPool({ startWorker: () => startWorker('file-worker.js'), runtime });
  const drawOnPage: DrawThumbnail = (bytes, name, signal) =>
    runOnPage('drawThumbnail', { bytes, name }, signal);
  return { runTask: createRunTask(workers), draw: createDrawing({ workers, runtime, drawOnPage }) };
}

/**
 * Runs tasks in workers. Where no worker can be started, or a worker starts but cannot do its work (sandboxed frames of
 * WebKit), they run on the page.
 */
export function createRunTask(workers: WorkerPool): RunTask {
  return async (task, input, signal) => {
    if (signal.aborted) throw new CancelledError();
    try {
      const timeoutMs = OWN_TIMEOUTS_MS[task] ?? TIMEOUT_MS;
      const result = await workers.run(task, input, { timeoutMs, signal });
      if (result !== undefined) return result;
    } catch (error) {
      if (!(error instanceof ViewerProblem) || !RETRIED_ON_PAGE.has(error.kind)) throw error;
    }
    return runOnPage(task, input, signal);
  };
}

/** Runs a task on the page. */
export const runOnPage: RunTask = (task, input, signal) => tasks[task](input, { signal, isInWorker: false });
