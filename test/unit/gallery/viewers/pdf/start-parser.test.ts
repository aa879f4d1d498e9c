import { createParsers } from '../../../../../src/gallery/viewers/pdf/start-parser';
import { flush } from '../../../../helpers/deferred';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';

jest.mock('pdfjs-dist/legacy/build/pdf.mjs', () => ({
  PDFDataRangeTransport: Object,
  PDFWorker: { create: ({ port }: { port: unknown }) => ({ port }) },
}));

class ManualWorker extends EventTarget {
  isTerminated = false;

  terminate(): void {
    this.isTerminated = true;
  }
}

function parsers(startWorker?: () => never) {
  const runtime = createFakeRuntime();
  const workers: ManualWorker[] = [];
  const register = jest.fn(() => Promise.resolve());
  const start = createParsers({
    startWorker:
      startWorker ??
      (() => {
        const worker = new ManualWorker();
        workers.push(worker);
        return worker as unknown as Worker;
      }),
    register,
    runtime,
  });
  return { start, workers, register, runtime };
}

test('A parser runs in a worker that has sent a message', async () => {
  const { start, workers, register } = parsers();
  const parser = start(new AbortController().signal);
  workers[0]!.dispatchEvent(new MessageEvent('message'));
  expect((await parser)?.port).toBe(workers[0]);
  expect(register).not.toHaveBeenCalled();
  expect(workers[0]!.isTerminated).toBe(false);
});

test('Each document has a worker, which is ended after the document has had time to close', async () => {
  const { start, workers, runtime } = parsers();
  const aborter = new AbortController();
  for (const signal of [aborter.signal, new AbortController().signal]) {
    const parser = start(signal);
    workers.at(-1)!.dispatchEvent(new MessageEvent('message'));
    await parser;
  }
  aborter.abort();
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([false, false]);
  await runtime.pass(1_000);
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
});

test('A parser is registered on a page that is barred from workers', async () => {
  const { start, register } = parsers(() => {
    throw new Error('Blocked.');
  });
  expect(await start(new AbortController().signal)).toBeUndefined();
  expect(register).toHaveBeenCalledTimes(1);
});

test('A parser is registered on the page after an error of a worker, and the next document has a worker', async () => {
  const { start, workers, register } = parsers();
  const parser = start(new AbortController().signal);
  workers[0]!.dispatchEvent(new Event('error'));
  expect(await parser).toBeUndefined();
  expect(register).toHaveBeenCalledTimes(1);
  expect(workers[0]!.isTerminated).toBe(true);
  const next = start(new AbortController().signal);
  workers[1]!.dispatchEvent(new MessageEvent('message'));
  expect((await next)?.port).toBe(workers[1]);
});

test('A parser is registered on a page whose workers do nothing, and the next document does not wait', async () => {
  const { start, workers, register, runtime } = parsers();
  const parser = start(new AbortController().signal);
  await runtime.pass(10_000);
  expect(await parser).toBeUndefined();
  expect(workers[0]!.isTerminated).toBe(true);
  expect(await start(new AbortController().signal)).toBeUndefined();
  expect(workers).toHaveLength(1);
  expect(register).toHaveBeenCalledTimes(2);
});

test('A parser that cannot be loaded is a problem of reading', async () => {
  const { start, register } = parsers(() => {
    throw new Error('Blocked.');
  });
  register.mockRejectedValue(new Error('Offline.'));
  await expect(start(new AbortController().signal)).rejects.toMatchObject({ kind: 'unreadable' });
});

test('A worker that is ready only after the abort is ended', async () => {
  const { start, workers } = parsers();
  const aborter = new AbortController();
  const parser = start(aborter.signal);
  aborter.abort();
  workers[0]!.dispatchEvent(new MessageEvent('message'));
  await expect(parser).rejects.toThrow();
  await flush();
  expect(workers[0]!.isTerminated).toBe(true);
});
