import { isCancelled } from '../../../../src/base/errors';
import { ViewerProblem } from '../../../../src/gallery/viewers/viewer-problem';
import type { TaskWorker, WorkerAnswer } from '../../../../src/gallery/workers/worker-pool';
import { createWorkerPool } from '../../../../src/gallery/workers/worker-pool';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { flush } from '../../../helpers/deferred';

function nameOf(error: unknown): string {
  if (error instanceof ViewerProblem) return error.kind;
  return isCancelled(error) ? 'cancelled' : String(error);
}

/** A worker that answers when the test says so. */
class ManualWorker extends EventTarget implements TaskWorker {
  readonly orders: unknown[] = [];
  isTerminated = false;

  postMessage(order: unknown): void {
    this.orders.push(order);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  async says(data: WorkerAnswer | object): Promise<void> {
    this.dispatchEvent(new MessageEvent('message', { data }));
    await flush();
  }
}

const PICTURE = new Blob(['drawn']);
const DRAWN: WorkerAnswer = { stapler: 'done', result: PICTURE };
const FILE = { bytes: new Blob(['x']), name: 'a.pdf' };
const ORDER = { stapler: 'order', task: 'drawThumbnail', input: FILE, culture: 'en-US' };
const TIMEOUT_MS = 10_000;

function pool() {
  const runtime = createFakeRuntime();
  const workers: ManualWorker[] = [];
  const { run } = createWorkerPool({
    startWorker() {
      const worker = new ManualWorker();
      workers.push(worker);
      return worker;
    },
    runtime,
  });
  /** Outcome so far. */
  const order = (signal = new AbortController().signal) => {
    const result: { is?: Blob | string | undefined; done: boolean } = { done: false };
    run('drawThumbnail', FILE, { timeoutMs: TIMEOUT_MS, signal }).then(
      (blob) => Object.assign(result, { is: blob, done: true }),
      (error: unknown) => Object.assign(result, { is: nameOf(error), done: true }),
    );
    return result;
  };
  return { runtime, workers, order };
}

describe('createWorkerPool', () => {
  test('reuses a worker for the next file', async () => {
    const { workers, order } = pool();
    const first = order();
    await workers[0]!.says({ stapler: 'ready' });
    // The PDF library talks as well.
    await workers[0]!.says({ action: 'ready' });
    expect(first.done).toBe(false);
    await workers[0]!.says(DRAWN);
    expect(first.is).toBe(PICTURE);
    order();
    await flush();
    expect([workers.length, workers[0]!.orders]).toEqual([1, [ORDER, ORDER]]);
  });

  test('ends the worker of a file that takes too long, and no other', async () => {
    const { runtime, workers, order } = pool();
    const [hostile, other] = [order(), order()];
    for (const worker of workers) await worker.says({ stapler: 'ready' });
    await workers[1]!.says(DRAWN);
    await runtime.pass(TIMEOUT_MS - 1);
    expect([hostile.done, workers[0]!.isTerminated]).toEqual([false, false]);
    await runtime.pass(1);
    expect([hostile.is, workers[0]!.isTerminated, other.is]).toEqual(['takes-too-long', true, PICTURE]);
  });

  test('ends the worker of an aborted file', async () => {
    const { workers, order } = pool();
    const aborter = new AbortController();
    const drawing = order(aborter.signal);
    await workers[0]!.says({ stapler: 'ready' });
    aborter.abort();
    await flush();
    expect([drawing.is, workers[0]!.isTerminated]).toEqual(['cancelled', true]);
  });

  test('keeps a worker whose task has failed, and ends it when it is idle', async () => {
    const { runtime, workers, order } = pool();
    const drawing = order();
    await workers[0]!.says({ stapler: 'ready' });
    await workers[0]!.says({ stapler: 'failed', kind: 'no-pdf' });
    expect([drawing.is, workers[0]!.isTerminated]).toEqual(['no-pdf', false]);
    await runtime.pass(10_000);
    expect(workers[0]!.isTerminated).toBe(true);
    order();
    expect(workers).toHaveLength(2);
  });

  test.each([
    ['fails to load', (worker: ManualWorker) => void worker.dispatchEvent(new Event('error'))],
    ['does not answer', () => undefined],
  ])('draws nothing, and starts no more workers, when a worker %s', async (_, act) => {
    const { runtime, workers, order } = pool();
    const first = order();
    act(workers[0]!);
    await runtime.pass(20_000);
    const second = order();
    await flush();
    expect([first, second, workers.length]).toEqual([
      { done: true, is: undefined },
      { done: true, is: undefined },
      1,
    ]);
    expect(workers[0]!.isTerminated).toBe(true);
  });

  test('keeps the error of a worker out of the errors of the page', () => {
    const { workers, order } = pool();
    order();
    const error = new Event('error', { cancelable: true });
    workers[0]!.dispatchEvent(error);
    expect(error.defaultPrevented).toBe(true);
  });

  test('draws nothing when the page is barred from workers', async () => {
    const startWorker = jest.fn(() => {
      throw new Error('barred');
    });
    const { run } = createWorkerPool({ startWorker, runtime: createFakeRuntime() });
    const limits = { timeoutMs: TIMEOUT_MS, signal: new AbortController().signal };
    const draw = (): Promise<Blob | undefined> => run('drawThumbnail', FILE, limits);
    expect([await draw(), await draw()]).toEqual([undefined, undefined]);
    expect(startWorker).toHaveBeenCalledTimes(1);
  });
});
