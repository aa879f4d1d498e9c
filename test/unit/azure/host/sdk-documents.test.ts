import { createSdkDocuments } from '../../../../src/azure/host/sdk-documents';
import type * as FakeSdk from './fake-sdk';
import { afterTimeout, hostFailure, NEVER, refusing, sdk, serve, setUpFakeSdk } from './fake-sdk';

jest.mock('azure-devops-extension-sdk', () => jest.requireActual<typeof FakeSdk>('./fake-sdk').sdk);

setUpFakeSdk();

const USER = { scopeType: 'User' };

/** Serves documents of the host, and returns the recorded calls. */
function serveDocuments(answers: Partial<Record<string, () => Promise<unknown>>> = {}) {
  const calls: unknown[][] = [];
  const method =
    (name: string, answer: () => Promise<unknown>) =>
    (...order: unknown[]): Promise<unknown> => {
      calls.push([name, ...order]);
      return (answers[name] ?? answer)();
    };
  const manager = {
    getDocument: method('getDocument', () => Promise.resolve({ id: 'a', value: 1, __etag: 4 })),
    getDocuments: method('getDocuments', () => Promise.resolve([{ id: 'a', value: 1, __etag: 4 }])),
    createDocument: method('createDocument', () => Promise.resolve({ id: 'a', value: 1, __etag: 5 })),
    setDocument: method('setDocument', () => Promise.resolve({ id: 'a', value: 1, __etag: 5 })),
    deleteDocument: method('deleteDocument', () => Promise.resolve()),
  };
  const getExtensionDataManager = (): Promise<object> => Promise.resolve(manager);
  serve({ 'ms.vss-features.extension-data-service': { getExtensionDataManager } });
  return calls;
}

const missing = refusing(Object.assign(hostFailure('DocumentDoesNotExistException'), { status: 404 }));

test('SdkDocuments creates a new document, and replaces a known one with its last version', async () => {
  const calls = serveDocuments();
  const documents = createSdkDocuments('runs');
  await documents.write('a', { value: 1 });
  await documents.write('a', { value: 2 });
  const other = createSdkDocuments('runs');
  expect(await other.read('a')).toMatchObject({ value: 1 });
  await other.write('a', { value: 3 });
  expect(calls).toEqual([
    ['createDocument', 'runs', { id: 'a', value: 1 }, USER],
    ['setDocument', 'runs', { id: 'a', value: 2, __etag: 5 }, USER],
    ['getDocument', 'runs', 'a', USER],
    ['setDocument', 'runs', { id: 'a', value: 3, __etag: 4 }, USER],
  ]);
});

test('SdkDocuments reads nothing where there is no document or collection', async () => {
  serveDocuments({ getDocument: missing, getDocuments: missing, deleteDocument: missing });
  const documents = createSdkDocuments('runs');
  await documents.remove('a');
  expect([await documents.read('a'), await documents.list()]).toEqual([undefined, []]);
});

test('SdkDocuments lists the documents of the person', async () => {
  const calls = serveDocuments();
  expect(await createSdkDocuments('runs').list()).toEqual([{ id: 'a', value: 1, __etag: 4 }]);
  expect(calls).toEqual([['getDocuments', 'runs', USER]]);
});

test('SdkDocuments shares documents in the organization if its scope says so', async () => {
  const calls = serveDocuments();
  const documents = createSdkDocuments('policies', { scopeType: 'Default' });
  await documents.read('a');
  await documents.write('a', { value: 2 });
  await documents.remove('a');
  expect(calls.map((call) => call.at(-1))).toEqual(Array(3).fill({ scopeType: 'Default' }));
});

test.each<[string, () => unknown]>([
  ['has no such service', () => serve({})],
  [
    'refuses',
    () => {
      const no = refusing(hostFailure('No.'));
      serveDocuments({ getDocument: no, getDocuments: no, createDocument: no, deleteDocument: no });
    },
  ],
])('SdkDocuments rejects with a HostError if the host %s', async (_, prepare) => {
  prepare();
  const documents = createSdkDocuments('runs');
  for (const call of [documents.read('a'), documents.list(), documents.write('a', {}), documents.remove('a')])
    await expect(call).rejects.toMatchObject({ kind: 'host-silent' });
});

test('SdkDocuments rejects with a HostError if the host never answers', async () => {
  serveDocuments({ createDocument: () => NEVER });
  const answer = createSdkDocuments('runs')
    .write('a', {})
    .catch((error: unknown) => error);
  await expect(afterTimeout(answer)).resolves.toMatchObject({ kind: 'host-silent' });
});

test('SdkDocuments rejects without a cause if the host refuses to give the service', async () => {
  sdk.getService.mockRejectedValue(hostFailure('Unknown service.'));
  const error = await createSdkDocuments('runs')
    .read('a')
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ kind: 'host-silent' });
  expect((error as Error).cause).toBeUndefined();
});
