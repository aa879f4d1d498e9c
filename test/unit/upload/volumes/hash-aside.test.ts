import { createHash } from 'node:crypto';
import { hashAside } from '../../../../src/upload/volumes/hash-aside';
import type { HashWorker } from '../../../../src/upload/volumes/hash-aside';
import type { HashAnswer } from '../../../../src/upload/volumes/hash-worker';
import { rejectionOf } from '../../../helpers/deferred';

const SOURCE = new Blob(['a file in parts']);
const ORDER = { source: SOURCE, volumeBytes: 10 };
const SHA256 = createHash('sha256').update('a file in parts').digest('hex');

/** A worker that answers each message so, or fails. */
function workerThat(answer: HashAnswer | 'fails' | 'is silent') {
  const listeners = new Map<string, (event: { data?: unknown }) => void>();
  const terminate = jest.fn();
  const worker: HashWorker = {
    addEventListener: (type: string, listener: unknown) =>
      void listeners.set(type, listener as (event: object) => void),
    postMessage() {
      if (answer === 'fails') listeners.get('error')?.({});
      else if (answer !== 'is silent') listeners.get('message')?.({ data: answer });
    },
    terminate,
  };
  return { worker, terminate };
}

test('hashAside takes the hashes of a worker, and ends it', async () => {
  const { worker, terminate } = workerThat({ hashes: { sha256: 'of the worker', crcs: [] } });
  const hashes = await hashAside(ORDER, new AbortController().signal, () => worker);
  expect(hashes.sha256).toBe('of the worker');
  expect(terminate).toHaveBeenCalledTimes(1);
});

test.each<[string, () => HashWorker]>([
  ['cannot read the file', () => workerThat({}).worker],
  ['fails', () => workerThat('fails').worker],
  [
    'cannot be started',
    () => {
      throw new ReferenceError('Worker is not defined');
    },
  ],
])('hashAside hashes on the page if the worker %s', async (_, start) => {
  const hashes = await hashAside(ORDER, new AbortController().signal, start);
  expect(hashes).toMatchObject({ sha256: SHA256, crcs: [expect.any(String), expect.any(String)] });
});

test('An abort ends the worker', async () => {
  const { worker, terminate } = workerThat('is silent');
  const controller = new AbortController();
  const hashing = hashAside(ORDER, controller.signal, () => worker);
  controller.abort(new RangeError('Stop.'));
  expect(await rejectionOf(hashing)).toMatchObject({ message: 'Stop.' });
  expect(terminate).toHaveBeenCalledTimes(1);
});

test('The page is free between the steps of a hash', async () => {
  const now = jest.spyOn(performance, 'now');
  let time = 0;
  now.mockImplementation(() => (time += 15));
  let ticks = 0;
  const tick = (): void => {
    ticks++;
    next = setImmediate(tick);
  };
  let next = setImmediate(tick);
  const source = new Blob([new Uint8Array(4 * 1024 * 1024)]);
  await hashAside(
    { source, volumeBytes: 1024 * 1024 },
    new AbortController().signal,
    () => workerThat({}).worker,
  );
  clearImmediate(next);
  now.mockRestore();
  expect(ticks).toBeGreaterThan(10);
});

test('hashAside reads a file whose stream knows no buffers of its own', async () => {
  const source = new Blob(['a file in parts']);
  const stream = () =>
    new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (const part of ['a file', ' in ', 'parts']) controller.enqueue(new Uint8Array(Buffer.from(part)));
        controller.close();
      },
    });
  Object.assign(source, { stream });
  const hashes = await hashAside(
    { source, volumeBytes: 10 },
    new AbortController().signal,
    () => workerThat({}).worker,
  );
  expect(hashes.sha256).toBe(SHA256);
});
