import fc from 'fast-check';
import type { AttachmentReference } from '../../../../src/azure/work-item';
import { CancelledError } from '../../../../src/base/errors';
import type { Chunk, SimpleUpload } from '../../../../src/azure/rest/attachments';
import {
  createAttachment,
  putChunk,
  readAttachment,
  registerAttachment,
  urlName,
} from '../../../../src/azure/rest/attachments';
import { createTestConnection } from '../../../helpers/connection';
import { rejectionOf } from '../../../helpers/deferred';
import type { Answer, ManualHttpStack } from '../../../helpers/manual-http-stack';
import { guid, referenceTo } from '../../../helpers/uploads';

function begin(upload: Partial<SimpleUpload> = {}): {
  stack: ManualHttpStack;
  answer: Promise<AttachmentReference>;
} {
  const { connection, stack } = createTestConnection();
  const answer = createAttachment(connection, {
    fileName: 'Build #1.log',
    body: new Blob(['hello']),
    signal: new AbortController().signal,
    onUploadProgress: () => undefined,
    ...upload,
  });
  return { stack, answer };
}

test('createAttachment posts raw bytes with the name in the query', async () => {
  const body = new Blob(['hello']);
  const { stack, answer } = begin({ body });
  const request = await stack.nextRequest();
  expect([request.method, request.url]).toEqual([
    'POST',
    'https://dev.azure.com/fabrikam/_apis/wit/attachments?fileName=Build%20%231.log&uploadType=simple&api-version=7.1',
  ]);
  expect(request.headers['Content-Type']).toBe('application/octet-stream');
  expect(request.body).toBe(body);
  request.respondWith({ status: 201, json: referenceTo(1) });
  expect(await answer).toEqual(referenceTo(1));
});

test('createAttachment omits the name from the query so that many uploads share one URL', async () => {
  const { stack } = begin({ fileName: undefined });
  expect((await stack.nextRequest()).url).toBe(
    'https://dev.azure.com/fabrikam/_apis/wit/attachments?uploadType=simple&api-version=7.1',
  );
});

test('createAttachment cuts a name that is too long for a query before its ending', async () => {
  const { stack } = begin({ fileName: `${'報告'.repeat(125)}.zip` });
  const { searchParams, search } = new URL((await stack.nextRequest()).url);
  expect(search.length).toBeLessThan(2_048);
  expect(searchParams.get('fileName')).toMatch(/^(報告)+報?\.zip$/);
});

test('urlName returns the name, or its start with the ending, within 1,500 encoded characters', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '.', '%', 'ü', '報', '😀'), maxLength: 255 }),
      (name) => {
        const short = urlName(name);
        expect(encodeURIComponent(short).length).toBeLessThanOrEqual(1_500);
        if (encodeURIComponent(name).length <= 1_500) expect(short).toBe(name);
        const ending = /[^.]\.[^.]{1,10}$/.exec(name)?.[0].slice(1) ?? '';
        expect(short.endsWith(ending)).toBe(true);
        expect(name.startsWith(short.slice(0, short.length - ending.length))).toBe(true);
      },
    ),
  );
});

test('createAttachment reports progress', async () => {
  const seen: number[] = [];
  const { stack } = begin({ onUploadProgress: (bytesSent) => seen.push(bytesSent) });
  (await stack.nextRequest()).progress(4);
  expect(seen).toEqual([4]);
});

const URL_1 = `https://h/_apis/wit/attachments/${guid(1)}`;

test.each([
  ['upper case', { id: guid(1).replace(/0/g, 'A'), url: URL_1 }, guid(1).replace(/0/g, 'a')],
  ['only in the URL', { url: URL_1 }, guid(1)],
  ['empty', { id: '', url: URL_1 }, guid(1)],
])('createAttachment returns a lower-case id when the id of the response is %s', async (_, json, id) => {
  const { stack, answer } = begin();
  (await stack.nextRequest()).respondWith({ status: 200, json });
  expect(await answer).toEqual({ id, url: URL_1 });
});

test.each([
  ['without a URL', { id: guid(1) }],
  ['with a URL to nothing', { url: 'https://h/x' }],
  ['that is a list', [{ id: guid(1), url: URL_1 }]],
  ['that is empty', undefined],
])('createAttachment rejects a response %s', async (_, json) => {
  const { stack, answer } = begin();
  (await stack.nextRequest()).respondWith({ status: 201, json });
  expect(await rejectionOf(answer)).toMatchObject({ kind: 'unexpected-answer', facts: { status: 201 } });
});

test('createAttachment does not repeat an upload without a response: the caller decides', async () => {
  const { stack, answer } = begin();
  const rejection = rejectionOf(answer);
  (await stack.nextRequest()).fail();
  expect(await rejection).toMatchObject({ kind: 'network' });
  expect(stack.requests).toHaveLength(1);
});

test('createAttachment stops after an abort', async () => {
  const controller = new AbortController();
  const { stack, answer } = begin({ signal: controller.signal });
  const rejection = rejectionOf(answer);
  await stack.nextRequest();
  controller.abort();
  expect(await rejection).toBeInstanceOf(CancelledError);
});

describe('registerAttachment', () => {
  const signal = new AbortController().signal;

  test('sends a content type and no content', async () => {
    const { connection, stack } = createTestConnection();
    const answer = registerAttachment(connection, 'Build #1.log', signal);
    const request = await stack.nextRequest();
    expect([request.method, request.url]).toEqual([
      'POST',
      'https://dev.azure.com/fabrikam/_apis/wit/attachments?fileName=Build%20%231.log&uploadType=chunked&api-version=7.1',
    ]);
    expect(request.headers['Content-Type']).toBe('application/octet-stream');
    expect(request.body).toBeUndefined();
    request.respondWith({ status: 201, json: referenceTo(1) });
    expect(await answer).toEqual(referenceTo(1));
  });

  test.each<[string, Answer]>([
    ['no reference', { status: 201, json: {} }],
    ['nothing', { status: 201 }],
    ['a page', { status: 200, text: '<html>Maintenance</html>' }],
  ])('rejects a response with %s', async (_, response) => {
    const { connection, stack } = createTestConnection();
    const answer = registerAttachment(connection, 'a', signal);
    (await stack.nextRequest()).respondWith(response);
    expect(await rejectionOf(answer)).toMatchObject({ kind: 'unexpected-answer' });
  });

  test('does not repeat a request without a response', async () => {
    const { connection, stack } = createTestConnection();
    const answer = rejectionOf(registerAttachment(connection, 'a', signal));
    (await stack.nextRequest()).fail();
    expect(await answer).toMatchObject({ kind: 'network' });
    expect(stack.requests).toHaveLength(1);
  });
});

describe('putChunk', () => {
  function put(chunk: Partial<Chunk> = {}) {
    const { connection, stack } = createTestConnection();
    const answer = putChunk(connection, {
      reference: referenceTo(1),
      fileName: 'Build #1.log',
      contentRange: 'bytes 40000-49999/50000',
      body: new Blob(['hello']),
      signal: new AbortController().signal,
      onUploadProgress: () => undefined,
      ...chunk,
    });
    return { answer, stack };
  }

  test('sends the chunk to the attachment id with its name and range', async () => {
    const body = new Blob(['hello']);
    const { answer, stack } = put({ body });
    const request = await stack.nextRequest();
    expect([request.method, request.url]).toEqual([
      'PUT',
      `https://dev.azure.com/fabrikam/_apis/wit/attachments/${guid(1)}?fileName=Build%20%231.log&api-version=7.1`,
    ]);
    expect(request.headers).toMatchObject({
      'Content-Type': 'application/octet-stream',
      'Content-Range': 'bytes 40000-49999/50000',
    });
    expect(request.body).toBe(body);
    request.respondWith({ status: 200, json: { id: guid(1), url: URL_1 } });
    await expect(answer).resolves.toBeUndefined();
  });

  test('reports progress', async () => {
    const seen: number[] = [];
    const { stack } = put({ onUploadProgress: (bytesSent) => seen.push(bytesSent) });
    (await stack.nextRequest()).progress(4);
    expect(seen).toEqual([4]);
  });

  test.each<[string, Answer]>([
    ['200 and JSON', { status: 200, json: { id: guid(1), url: URL_1 } }],
    ['201 and nothing', { status: 201 }],
    ['202 and half a JSON', { status: 202, text: '{"id":' }],
    ['204', { status: 204 }],
  ])('succeeds with %s', async (_, response) => {
    const { answer, stack } = put();
    (await stack.nextRequest()).respondWith(response);
    await expect(answer).resolves.toBeUndefined();
  });

  test.each<[string, Answer, string]>([
    ['a page with 200', { status: 200, text: '<html>' }, 'unexpected-answer'],
    [
      'words in the other envelope',
      { status: 400, json: { count: 1, value: { Message: 'No.' } } },
      'refused',
    ],
    ['413', { status: 413 }, 'request-too-large'],
    ['503', { status: 503 }, 'server-busy'],
  ])('fails with %s', async (_, response, kind) => {
    const { answer, stack } = put();
    (await stack.nextRequest()).respondWith(response);
    expect(await rejectionOf(answer)).toMatchObject({ kind });
  });

  test('does not repeat a chunk without a response', async () => {
    const { answer, stack } = put();
    const rejection = rejectionOf(answer);
    (await stack.nextRequest()).fail();
    expect(await rejection).toMatchObject({ kind: 'network' });
    expect(stack.requests).toHaveLength(1);
  });

  test('stops after an abort', async () => {
    const controller = new AbortController();
    const { answer, stack } = put({ signal: controller.signal });
    const rejection = rejectionOf(answer);
    await stack.nextRequest();
    controller.abort();
    expect(await rejection).toBeInstanceOf(CancelledError);
  });
});

describe('readAttachment', () => {
  function read() {
    const { connection, stack } = createTestConnection();
    return { stack, answer: readAttachment(connection, referenceTo(1), new AbortController().signal) };
  }

  test('downloads a blob without a name in the query', async () => {
    const { stack, answer } = read();
    const request = await stack.nextRequest();
    expect([request.method, request.url]).toEqual([
      'GET',
      `https://dev.azure.com/fabrikam/_apis/wit/attachments/${guid(1)}?download=true&api-version=7.1`,
    ]);
    expect(request.headers['Accept']).toBe('application/octet-stream');
    expect(request.wantsBlob).toBe(true);
    const blob = new Blob(['hello']);
    request.respondWith({ status: 200, blob });
    expect(await answer).toBe(blob);
  });

  test('accepts an HTML page served as bytes', async () => {
    const { stack, answer } = read();
    const blob = new Blob(['<html>']);
    (await stack.nextRequest()).respondWith({
      status: 200,
      blob,
      headers: { 'Content-Type': 'application/octet-stream' },
    });
    expect(await answer).toBe(blob);
  });

  test.each<[string, Answer, string]>([
    ['no blob', { status: 200 }, 'unexpected-answer'],
    ['404', { status: 404, json: { typeKey: 'FileIdNotFoundException' } }, 'refused'],
    ['403', { status: 403 }, 'no-permission'],
  ])('rejects after %s', async (_, response, kind) => {
    const { stack, answer } = read();
    (await stack.nextRequest()).respondWith(response);
    expect(await rejectionOf(answer)).toMatchObject({ kind });
  });

  test('repeats the request without a response if the token has changed', async () => {
    const { stack, answer } = read();
    (await stack.nextRequest()).fail();
    const blob = new Blob(['hello']);
    (await stack.nextRequest()).respondWith({ status: 200, blob });
    expect(await answer).toBe(blob);
  });
});
