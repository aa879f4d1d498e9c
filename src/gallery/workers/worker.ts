import { setCulture } from '../../base/i18n/culture';
import { problemKindOf } from '../viewers/viewer-problem';
import type { TaskContext } from './task-context';
import type { TaskName } from './tasks';
import { tasks } from './tasks';
import type { WorkerAnswer, WorkerOrder } from './worker-pool';

declare global {
  /** Folder of the chunks, for webpack. */
  var __webpack_public_path__: string;
}

/** Set by `startWorker`: the worker has no address of its own to find further chunks. */
const { staplerFolder } = self as unknown as { staplerFolder: string };
__webpack_public_path__ = staplerFolder;

const context: TaskContext = { signal: new AbortController().signal, isInWorker: true };

async function perform<N extends TaskName>({ task, input, culture }: WorkerOrder<N>): Promise<void> {
  let answer: WorkerAnswer;
  setCulture(culture);
  try {
    answer = { stapler: 'done', result: await tasks[task](input, context) };
  } catch (error) {
    answer = { stapler: 'failed', kind: problemKindOf(error) };
  }
  self.postMessage(answer);
}

self.addEventListener('message', ({ data }: MessageEvent<Partial<WorkerOrder<TaskName>>>) => {
  // The PDF library talks to itself.
  if (data.stapler === 'order') void perform(data as WorkerOrder<TaskName>);
});
self.postMessage({ stapler: 'ready' } satisfies WorkerAnswer);
