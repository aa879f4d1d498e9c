import type { RefreshOutcome } from '../../../src/azure/host/host';
import type { LinkTarget, WorkItem } from '../../../src/azure/work-item';
import { createAttachments } from '../../../src/gallery/attachments';
import { createFrameServices } from '../../../src/upload/frame-services';
import type { PickedFile } from '../../../src/upload/upload';
import { createUploadService } from '../../../src/upload/upload-service';
import { createDeferred, flush } from '../../helpers/deferred';
import { browserFile } from '../../helpers/drop';
import { createFakeRuntime } from '../../helpers/fake-runtime';
import { createManualHttpStack } from '../../helpers/manual-http-stack';
import { createTestHost } from '../../helpers/host';
import { guid, ITEM_7, linkable, pickedFile, referenceTo, relationTo, uploadIn } from '../../helpers/uploads';

/** Response of the server with work item 7 and relations to the attachments of these numbers. */
function answerWith(...numbers: number[]): object {
  return {
    id: 7,
    rev: 3,
    fields: { 'System.WorkItemType': 'Bug', 'System.Title': 'Crash' },
    relations: numbers
      .map(relationTo)
      .map(({ rel, url, attributes }) => ({ rel, url, attributes: { ...attributes, name: 'a.txt' } })),
  };
}

function begin(sizes: Parameters<typeof createUploadService>[0]['sizes'] = {}) {
  const stack = createManualHttpStack();
  const runtime = createFakeRuntime();
  const refreshed = createDeferred<RefreshOutcome>();
  const linked: [WorkItem, readonly string[]][] = [];
  const shown: [number, RefreshOutcome][] = [];
  const host = createTestHost();
  host.refreshForm.mockReturnValue(refreshed.promise);
  const services = createFrameServices({ host, stack, runtime });
  const service = createUploadService({
    host,
    services,
    sizes,
    canLink: () => Promise.resolve(true),
    onLinked: (...report) => linked.push(report),
    onRefreshed: (...report) => shown.push(report),
  });
  const statuses = (): string[] => service.queue.getSnapshot().map(({ state }) => state.status);
  return { service, services, stack, runtime, host, refreshed, linked, shown, statuses };
}

test('UploadService uploads and links a file and refreshes the form', async () => {
  const { service, stack, host, refreshed, linked, shown, statuses } = begin();
  service.attach(
    { accepted: [{ ...pickedFile('a.txt', 5), folder: 'logs', comment: 'Why' }], rejected: [] },
    ITEM_7,
    0,
  );

  const upload = await stack.nextRequest();
  expect([upload.method, upload.parsedUrl.pathname]).toEqual(['POST', '/fabrikam/_apis/wit/attachments']);
  upload.respondWith({ status: 201, json: referenceTo(1) });

  const patch = await stack.nextRequest();
  expect([patch.method, patch.parsedUrl.pathname]).toEqual(['PATCH', '/fabrikam/_apis/wit/workitems/7']);
  expect(JSON.parse(patch.body as string)).toEqual([
    {
      op: 'add',
      path: '/relations/-',
      value: {
        rel: 'AttachedFile',
        url: referenceTo(1).url,
        attributes: { name: 'a.txt', comment: 'Why 📁 logs', resourceSize: 5 },
      },
    },
  ]);
  patch.respondWith({ status: 200, json: answerWith(1) });
  await flush();

  expect(host.refreshForm).toHaveBeenCalledWith(7);
  // The row does not wait for the refresh of the host.
  expect(statuses()).toEqual(['linked']);
  expect(linked).toMatchObject([
    [{ id: 7, revision: 3, relations: [{ url: relationTo(1).url, name: 'a.txt' }] }, ['a.txt']],
  ]);
  expect(shown).toEqual([]);
  refreshed.resolve('refreshed');
  await flush();
  expect(shown).toEqual([[7, 'refreshed']]);
});

test('UploadService shares the lock of a work item with the gallery of the same frame', async () => {
  const { service, services, stack } = begin();
  const removal = createAttachments(services).remove(7, [guid(2)]);
  const read = await stack.nextRequest();
  expect([read.method, read.parsedUrl.pathname]).toEqual(['GET', '/fabrikam/_apis/wit/workitems/7']);

  service.attach({ accepted: [pickedFile('a.txt')], rejected: [] }, ITEM_7, 0);
  (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(1) });
  await flush();
  expect(stack.requests.map(({ method }) => method)).toEqual(['GET', 'POST']);

  read.respondWith({ status: 200, json: answerWith() });
  await removal;
  const patch = await stack.nextRequest();
  expect([patch.method, patch.parsedUrl.pathname]).toEqual(['PATCH', '/fabrikam/_apis/wit/workitems/7']);
});

test('UploadService does not refresh the form after a refused link', async () => {
  const { service, stack, host, statuses } = begin();
  service.attach({ accepted: [pickedFile('a.txt')], rejected: [] }, ITEM_7, 0);
  (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(1) });
  (await stack.nextRequest()).respondWith({ status: 403 });
  await flush();
  expect(statuses()).toEqual(['failed']);
  expect(host.refreshForm).not.toHaveBeenCalled();
});

test('UploadService sends a large file in chunks and links the registered reference', async () => {
  const { service, stack, statuses } = begin({ chunkAboveBytes: 4 });
  service.attach({ accepted: [pickedFile('a.txt', 5)], rejected: [] }, ITEM_7, 0);
  const register = await stack.nextRequest();
  expect(register.parsedUrl.searchParams.get('uploadType')).toBe('chunked');
  register.respondWith({ status: 201, json: referenceTo(1) });
  const chunk = await stack.nextRequest();
  expect([chunk.method, chunk.headers['Content-Range']]).toEqual(['PUT', 'bytes 0-4/5']);
  chunk.respondWith({ status: 200 });
  const patch = await stack.nextRequest();
  expect(JSON.parse(patch.body as string)).toMatchObject([{ value: { url: referenceTo(1).url } }]);
  patch.respondWith({ status: 200, json: answerWith(1) });
  await flush();
  expect(statuses()).toEqual(['linked']);
});

test('UploadService retries after a network error and links the file once', async () => {
  const { service, stack, runtime, statuses } = begin();
  service.attach({ accepted: [pickedFile('a.txt', 5)], rejected: [] }, ITEM_7, 0);
  (await stack.nextRequest()).fail();
  await runtime.pass(249);
  expect([statuses(), stack.requests.length]).toEqual([['waiting'], 1]);
  await runtime.pass(1);
  (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(2) });
  (await stack.nextRequest()).respondWith({ status: 200, json: answerWith(2) });
  await flush();
  expect(statuses()).toEqual(['linked']);
});

test('UploadService follows the Retry-After header of a successful response', async () => {
  const { service, stack, runtime, statuses } = begin();
  service.attach({ accepted: [pickedFile('a.txt', 5)], rejected: [] }, ITEM_7, 0);
  const headers = { 'Retry-After': '7' };
  (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(1), headers });
  await runtime.pass(6999);
  expect([statuses(), stack.requests.length]).toEqual([['uploaded'], 1]);
  await runtime.pass(1);
  expect((await stack.nextRequest()).method).toBe('PATCH');
});

describe('UploadService with an unreadable file', () => {
  /** A file with unreadable bytes. */
  function lost(size: number) {
    const source = {
      slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('Gone.', 'NotFoundError')) }),
    } as unknown as Blob;
    return { name: 'a.txt', folder: '', size, source };
  }
  const UNREADABLE = { status: 'failed', problem: { kind: 'file-unreadable' }, retryable: false };

  test('fails it without sending it', async () => {
    const { service, stack } = begin();
    service.attach({ accepted: [lost(2_000_000)], rejected: [] }, ITEM_7, 0);
    await flush();
    expect(service.queue.getSnapshot()).toMatchObject([{ state: UNREADABLE }]);
    expect(stack.requests).toEqual([]);
  });

  test('fails it after the request if it is small', async () => {
    const { service, stack, runtime } = begin();
    service.attach({ accepted: [lost(20_000)], rejected: [] }, ITEM_7, 0);
    (await stack.nextRequest()).fail();
    await runtime.pass(1_000);
    expect(service.queue.getSnapshot()).toMatchObject([{ state: UNREADABLE }]);
  });
});

test('UploadService picks many files in several tasks', async () => {
  const { service, runtime } = begin();
  const files = Array.from({ length: 120 }, (_, at) => browserFile(`${at}.txt`));
  const picked = jest.fn();
  void service.intake.fromInput(files).then(picked);
  await flush();
  expect(picked).not.toHaveBeenCalled();
  await runtime.pass(0);
  expect(picked.mock.calls).toMatchObject([[{ accepted: { length: 120 }, rejected: [] }]]);
});

function relationNamed(number: number, name: string): object {
  return { rel: 'AttachedFile', url: referenceTo(number).url, attributes: { name } };
}

describe('UploadService with many small files', () => {
  const files = ['1.txt', '2.txt'].map((name) => pickedFile(name));

  /** Sends and links both files; the work item then shows these names. */
  async function send({ service, stack }: ReturnType<typeof begin>, ...shown: string[]) {
    service.attach({ accepted: files, rejected: [] }, ITEM_7, 0);
    const posts = [await stack.nextRequest(), await stack.nextRequest()];
    posts.forEach((post, at) => post.respondWith({ status: 201, json: referenceTo(at + 1) }));
    const patch = await stack.nextRequest();
    const relations = shown.map((name, at) => relationNamed(at + 1, name));
    patch.respondWith({ status: 200, json: { id: 7, rev: 3, relations } });
    await flush();
    return posts.map(({ parsedUrl }) => parsedUrl.searchParams.get('fileName'));
  }

  test('sends their names in the relations only, after one relation has kept its name', async () => {
    const test = begin();
    expect(await send(test, '1.txt', '2.txt')).toEqual([null, '2.txt']);
    expect(await send(test, '1.txt', '2.txt')).toEqual([null, null]);
  });

  test('renames a file whose name was lost before it counts as attached, and sends later names in the URLs', async () => {
    const test = begin();
    expect(await send(test, 'attachment', '2.txt')).toEqual([null, '2.txt']);
    expect(test.statuses()).toEqual(['linking', 'linking']);
    const relations = ['attachment', '2.txt'].map((name, at) => relationNamed(at + 1, name));
    (await test.stack.nextRequest()).respondWith({ status: 200, json: { id: 7, rev: 3, relations } });
    const rename = await test.stack.nextRequest();
    expect(JSON.parse(rename.body as string)).toContainEqual({
      op: 'replace',
      path: '/relations/0/attributes/name',
      value: '1.txt',
    });
    rename.respondWith({
      status: 200,
      json: { id: 7, rev: 4, relations: [relationNamed(1, '1.txt'), relationNamed(2, '2.txt')] },
    });
    await flush();
    expect(test.statuses()).toEqual(['linked', 'linked']);
    expect(await send(test, '1.txt', '2.txt')).toEqual(['1.txt', '2.txt']);
  });
});

test('UploadService rejects files above the attachment limit, counting unfinished uploads', () => {
  const { service } = begin();
  const files = ['a', 'b', 'c', 'd'].map((name) => pickedFile(name));
  service.attach({ accepted: files.slice(0, 2), rejected: [] }, ITEM_7, 97);
  service.attach({ accepted: files.slice(2), rejected: [] }, ITEM_7, 97);
  const uploads = service.queue.getSnapshot();
  expect(uploads.map(({ file }) => file.name)).toEqual(['a', 'b', 'c', 'd']);
  expect(uploads.filter(({ state }) => state.status === 'failed')).toMatchObject([
    { file: { name: 'd' }, state: { phase: 'intake', problem: { kind: 'attachment-limit' } } },
  ]);
});

test('UploadService retries files without room, as many as fit then, and other failed ones', () => {
  const { service } = begin();
  const files = ['a', 'b', 'c'].map((name) => pickedFile(name));
  service.attach({ accepted: files, rejected: [] }, ITEM_7, 100);
  const names = (): string[] =>
    service.queue.getSnapshot().map(({ file, state }) => `${file.name} ${state.status}`);
  const ids = (): string[] => service.queue.getSnapshot().map(({ id }) => id);
  expect(names()).toEqual(['a failed', 'b failed', 'c failed']);
  const attachAgain = (count: number) => (accepted: readonly PickedFile[], target: LinkTarget) =>
    void service.attach({ accepted, rejected: [] }, target, count);
  service.retry(ids(), attachAgain(98));
  expect(names()).toEqual(['a preparing', 'b preparing', 'c failed']);
  service.retry(ids().slice(2), attachAgain(98));
  expect(names()).toEqual(['a preparing', 'b preparing', 'c failed']);
  service.queue.remove(ids().slice(2));
  service.retry(['removed', ...ids()], attachAgain(0));
  expect(names()).toEqual(['a preparing', 'b preparing']);
});

test('UploadService sends a file refused by a full work item only in place of an attachment', async () => {
  const { service, stack, statuses } = begin();
  const files = ['1.txt', 'new.txt', '2.txt'].map((name) => pickedFile(name, 5));
  const { added, refused } = service.attach({ accepted: files, rejected: [] }, ITEM_7, 100);
  expect([added.size, [...refused.values()]]).toEqual([0, files]);
  service.duplicates.offerToReplace(refused, [1, 2].map(linkable));
  const [one, , two] = service.queue.getSnapshot();
  const asked = (): unknown[] =>
    service.queue.getSnapshot().map(({ file, duplicate }) => [file.name, duplicate?.mustReplace]);
  expect(asked()).toEqual([
    ['1.txt', true],
    ['new.txt', undefined],
    ['2.txt', true],
  ]);

  service.duplicates.answer([one!.id], 'keep-both');
  service.duplicates.answer([one!.id], 'skip');
  await flush();
  expect([stack.requests.length, asked().length]).toEqual([0, 2]);

  service.duplicates.answer([two!.id], 'replace');
  expect((await stack.nextRequest()).url).toContain('fileName=2.txt');
  expect(statuses()).toEqual(['failed', 'uploading']);
  expect(service.queue.getSnapshot()[1]!.duplicate).toMatchObject({
    status: 'replacing',
    attachmentId: guid(2),
  });
});

test('UploadService does not count unfinished uploads of other work items', () => {
  const { service } = begin();
  service.attach({ accepted: [pickedFile('a')], rejected: [] }, { kind: 'work-item', id: 8 }, 99);
  service.attach({ accepted: [pickedFile('b')], rejected: [] }, ITEM_7, 99);
  expect(service.queue.getSnapshot().map(({ state }) => state.status)).not.toContain('failed');
});

test('UploadService lists files rejected by intake', () => {
  const { service } = begin();
  const rejected = { name: 'logs', size: 0, folder: '', problem: { kind: 'folder-empty' as const } };
  service.attach({ accepted: [], rejected: [rejected] }, ITEM_7, 0);
  expect(service.queue.getSnapshot()).toMatchObject([
    {
      file: { name: 'logs' },
      state: { status: 'failed', problem: { kind: 'folder-empty' }, retryable: false },
    },
  ]);
});

test('UploadService ignores an empty selection', () => {
  const { service, stack } = begin();
  service.attach({ accepted: [], rejected: [] }, ITEM_7, 0);
  expect(service.queue.getSnapshot()).toEqual([]);
  expect(stack.requests).toEqual([]);
});

test('readWorkItem returns the work item with its relations', async () => {
  const { service, stack } = begin();
  const read = service.readWorkItem(7);
  (await stack.nextRequest()).respondWith({ status: 200, json: answerWith(1, 2) });
  const relations = [relationTo(1), relationTo(2)].map(({ rel, url }) => ({ rel, url, name: 'a.txt' }));
  expect(await read).toMatchObject({ id: 7, type: 'Bug', relations });
});

test('UploadService checks for an existing link of another frame before it links', async () => {
  const { service, stack, statuses } = begin();
  const state = { status: 'uploaded', attempt: 1, reference: referenceTo(1) } as const;
  service.restore([{ upload: uploadIn(state), source: undefined, session: undefined }]);
  const look = await stack.nextRequest();
  expect([look.method, look.parsedUrl.pathname]).toEqual(['GET', '/fabrikam/_apis/wit/workitems/7']);
  look.respondWith({ status: 200, json: answerWith(1) });
  await flush();
  expect(statuses()).toEqual(['linked']);
  expect(stack.requests).toHaveLength(1);
});

test('UploadService resumes the chunked session of another frame, even for a small file', async () => {
  const { service, stack } = begin();
  const session = { reference: referenceTo(1), bytesAccepted: 60, chunkBytes: 40, isDoubtful: false };
  const upload = uploadIn({ status: 'queued', attempt: 1 });
  service.restore([{ upload, source: new Blob(['x'.repeat(100)]), session }]);
  const chunk = await stack.nextRequest();
  expect([chunk.method, chunk.headers['Content-Range']]).toEqual(['PUT', 'bytes 60-99/100']);
});
