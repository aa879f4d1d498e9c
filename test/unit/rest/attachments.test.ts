import type { AttachmentReference } from '../../../src/model/attachment';
import { CancelledError } from '../../../src/model/errors';
import type { SimpleUpload } from '../../../src/rest/attachments';
import { createAttachment } from '../../../src/rest/attachments';
import { createTestConnection } from '../../helpers/connection';
import { rejectionOf } from '../../helpers/deferred';
import type { HandDrivenStack } from '../../helpers/hand-driven-http-stack';
import { guid, referenceTo } from '../../helpers/uploads';

function begin(upload: Partial<SimpleUpload> = {}): {
  stack: HandDrivenStack;
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

test('the bytes are posted raw, with the name in the query', async () => {
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

test('no time limit is set: a large file takes as long as it takes', async () => {
  const { stack } = begin();
  expect((await stack.nextRequest()).timeoutMs).toBeUndefined();
});

test('progress is handed on', async () => {
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
])('an id that is %s is taken in lower case', async (_, json, id) => {
  const { stack, answer } = begin();
  (await stack.nextRequest()).respondWith({ status: 200, json });
  expect(await answer).toEqual({ id, url: URL_1 });
});

test.each([
  ['without a URL', { id: guid(1) }],
  ['with a URL to nothing', { url: 'https://h/x' }],
  ['that is a list', [{ id: guid(1), url: URL_1 }]],
  ['that is empty', undefined],
])('an answer %s is unexpected', async (_, json) => {
  const { stack, answer } = begin();
  (await stack.nextRequest()).respondWith({ status: 201, json });
  expect(await rejectionOf(answer)).toMatchObject({ kind: 'unexpected-answer', facts: { status: 201 } });
});

test('an upload without an answer is sent again when the token has changed', async () => {
  const { stack, answer } = begin();
  (await stack.nextRequest()).fail();
  (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(2) });
  expect(await answer).toEqual(referenceTo(2));
});

test('an abort ends it', async () => {
  const controller = new AbortController();
  const { stack, answer } = begin({ signal: controller.signal });
  const rejection = rejectionOf(answer);
  await stack.nextRequest();
  controller.abort();
  expect(await rejection).toBeInstanceOf(CancelledError);
});
