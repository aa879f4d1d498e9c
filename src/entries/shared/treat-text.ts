import type { Runtime } from '../../base/runtime';
import { ViewerProblem } from '../../gallery/viewers/viewer-problem';
import { createRunTask } from '../../gallery/workers/file-work';
import { startWorker } from '../../base/start-worker';
import { createWorkerPool } from '../../gallery/workers/worker-pool';
import type { TreatText } from '../../upload/checks/judge-file';

/** Creates the search for secrets in workers. It runs on the page where no worker can be started. */
export function createTreatText(runtime: Runtime): TreatText {
  const runTask = createRunTask(
    createWorkerPool({ startWorker: () => startWorker('file-worker.js'), runtime }),
  );
  return async (bytes, rule, signal) => {
    try {
      return await runTask('treatSecrets', { bytes, rule }, signal);
    } catch (error) {
      // A worker that does not answer is ended.
      if (error instanceof ViewerProblem && error.kind === 'takes-too-long')
        return { bytes, secrets: { kind: 'not-scanned', reason: 'timeout' } };
      throw error;
    }
  };
}
