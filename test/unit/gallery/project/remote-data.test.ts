import { runAtOnce } from '../../../../src/base/steps';
import { CancelledError, ServerError } from '../../../../src/base/errors';
import type { DataAnswer, DataOrder } from '../../../../src/gallery/project/data/data-messages';
import { createBrowserData } from '../../../../src/gallery/project/data/open-data';
import type { DataPartition, ProjectData } from '../../../../src/gallery/project/data/project-data';
import type { DataWorker } from '../../../../src/gallery/project/data/remote-data';
import { startRemoteData } from '../../../../src/gallery/project/data/remote-data';
import { createDataServer } from '../../../../src/gallery/project/data/serve-data';
import { flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';

/** Worker in this thread. Messages are copied. */
function createWorker(createData: (partition: DataPartition | undefined, culture: string) => ProjectData) {
  const target = new EventTarget();
  const serve = createDataServer(createData, (answer: DataAnswer) => {
    const data: unknown = structuredClone(answer);
    setImmediate(() => target.dispatchEvent(Object.assign(new Event('message'), { data })));
  });
  const worker = {
    addEventListener: target.addEventListener.bind(target),
    postMessage: (order: DataOrder) => void serve(structuredClone(order)),
    terminate: jest.fn(),
  } as unknown as DataWorker;
  return { worker, crash: () => target.dispatchEvent(new Event('error', { cancelable: true })) };
}

const runtime = createFakeRuntime();

const start = (startWorker: () => DataWorker, partition?: DataPartition): Promise<ProjectData | undefined> =>
  startRemoteData({ startWorker, partition, culture: 'en-US', runtime });

const answer = (id: number): string =>
  JSON.stringify({
    value: [
      {
        ...{ id, rev: 1, fields: { 'System.TeamProject': 'Fabrikam' } },
        relations: [
          {
            rel: 'AttachedFile',
            url: 'https://a/_apis/wit/attachments/00000000-0000-4000-8000-000000000001',
            attributes: { name: 'a.log' },
          },
        ],
      },
    ],
  });

test('The data in a worker are read, searched and told apart by call', async () => {
  const { worker } = createWorker((partition, culture) => createBrowserData(partition, culture, runAtOnce));
  const data = (await start(() => worker))!;
  expect(await data.open()).toEqual({ meta: undefined, isKept: false, items: 0, files: 0 });
  const totals = await Promise.all(
    [1, 2].map((id) => data.apply({ project: 'Fabrikam', ids: [id], texts: [answer(id)] })),
  );
  expect(totals.map(({ items }) => items)).toEqual([1, 2]);
  const { id, count } = await data.search({ conditions: [], sortBy: 'name', isDescending: false });
  expect(count).toBe(2);
  expect((await data.readRows(id, 1, 5)).map(({ item }) => item.id)).toEqual([2]);
});

test('Where IndexedDB is missing, the data are in memory', async () => {
  const data = createBrowserData({ index: 'p', contents: 'p' }, 'en-US', runAtOnce);
  expect(await data.open()).toMatchObject({ isKept: false });
  await data.apply({ project: 'Fabrikam', ids: [1], texts: [answer(1)] });
  await data.clear();
  expect((await data.search({ conditions: [], sortBy: 'name', isDescending: false })).count).toBe(0);
});

test('An error in the worker has the same kind on the page', async () => {
  const errors = [new ServerError('unexpected-answer', 'No items.', { status: 200 }), new CancelledError()];
  const { worker } = createWorker(
    () => ({ open: () => Promise.reject(errors.shift()!) }) as unknown as ProjectData,
  );
  const data = (await start(() => worker))!;
  await expect(data.open()).rejects.toMatchObject({
    ...{ kind: 'unexpected-answer', message: 'No items.', facts: { status: 200 } },
  });
  await expect(data.open()).rejects.toThrow(CancelledError);
});

test('A crash of the worker rejects the calls that wait', async () => {
  const { worker, crash } = createWorker(
    () => ({ open: () => new Promise(() => undefined) }) as unknown as ProjectData,
  );
  const data = (await start(() => worker))!;
  const opening = data.open();
  crash();
  await expect(opening).rejects.toMatchObject({ kind: 'internal' });
});

test('A page that is barred from workers gets none', async () => {
  const refuse = (): never => {
    throw new DOMException('No.', 'SecurityError');
  };
  expect(await start(refuse)).toBeUndefined();
  const { worker, crash } = createWorker(() => {
    throw new Error('No code.');
  });
  const starting = start(() => ({ ...worker, postMessage: () => void crash() }));
  expect(await starting).toBeUndefined();
  expect(worker.terminate).toHaveBeenCalled();
});

test('A worker that never loads is given up', async () => {
  const { worker } = createWorker(() => ({}) as ProjectData);
  const starting = start(() => ({ ...worker, postMessage: () => undefined }));
  await flush();
  await runtime.pass(20_000);
  expect(await starting).toBeUndefined();
});
