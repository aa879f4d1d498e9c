import { isCancelled } from '../../../../src/base/errors';
import { ViewerProblem } from '../../../../src/gallery/viewers/viewer-problem';
import { createRunTask } from '../../../../src/gallery/workers/file-work';
import type { TaskLimits, WorkerPool } from '../../../../src/gallery/workers/worker-pool';

const TEXT = { text: 'a,b\n1,2', isCut: false, name: 'x.csv' };
const TABLE = { header: ['a', 'b'], rows: [['1', '2']], columns: 2 };

/** A pool whose workers end each task in the same way. */
function workersThat(run: () => Promise<unknown>): WorkerPool {
  return { run: run as WorkerPool['run'] };
}

function read(workers: WorkerPool, signal = new AbortController().signal) {
  return createRunTask(workers)('readTable', TEXT, signal);
}

describe('createRunTask', () => {
  it('returns the result of a worker', async () => {
    const table = { header: [], rows: [], columns: 0 };
    expect(await read(workersThat(() => Promise.resolve(table)))).toBe(table);
  });

  it.each([
    ['there is no worker', () => Promise.resolve(undefined)],
    ['a worker cannot load its code', () => Promise.reject(new ViewerProblem('internal'))],
    ['a worker cannot read files', () => Promise.reject(new ViewerProblem('unreadable'))],
  ])('runs the task on the page if %s', async (_, run) => {
    expect(await read(workersThat(run))).toEqual(TABLE);
  });

  it.each(['takes-too-long', 'too-many-parts', 'no-email'] as const)(
    'does not run a task again that ended with %s',
    async (kind) => {
      await expect(read(workersThat(() => Promise.reject(new ViewerProblem(kind))))).rejects.toMatchObject({
        kind,
      });
    },
  );

  it('gives a comparison more time than it takes to become rough', async () => {
    const run = jest.fn<Promise<undefined>, [unknown, unknown, TaskLimits]>(() => Promise.resolve(undefined));
    const runTask = createRunTask({ run: run });
    const { signal } = new AbortController();
    await runTask('compareTexts', [new Blob(['a']), new Blob(['b'])], signal);
    await runTask('readTable', TEXT, signal);
    expect(run.mock.calls.map(([, , { timeoutMs }]) => timeoutMs)).toEqual([10_000, 4_000]);
  });

  it('starts no task after an abort', async () => {
    const run = jest.fn(() => Promise.resolve(undefined));
    const error: unknown = await read(workersThat(run), AbortSignal.abort()).catch(
      (thrown: unknown) => thrown,
    );
    expect(isCancelled(error)).toBe(true);
    expect(run).not.toHaveBeenCalled();
  });
});
