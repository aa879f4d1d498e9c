import { CancelledError, FileUnreadableError, TimeoutError } from '../../../src/model/errors';
import { createSimpleTransport } from '../../../src/transport/simple-transport';
import { createTestConnection } from '../../helpers/connection';
import { rejectionOf } from '../../helpers/deferred';
import { pickedFile, referenceTo } from '../../helpers/uploads';

function begin({ size = 10, assertReadable = jest.fn(() => Promise.resolve()) } = {}) {
  const { connection, stack } = createTestConnection();
  const controller = new AbortController();
  const progress: unknown[] = [];
  const file = pickedFile('a.txt', size);
  const answer = createSimpleTransport(connection, assertReadable).send(file, {
    signal: controller.signal,
    onProgress: (step) => progress.push(step),
  });
  return { answer, stack, controller, progress, file, assertReadable };
}

test('the file is sent in one request, and its bytes are accepted when the answer is there', async () => {
  const { answer, stack, progress, file, assertReadable } = begin();
  const request = await stack.nextRequest();
  expect(request.body).toBe(file.source);
  expect(request.parsedUrl.searchParams.get('fileName')).toBe('a.txt');
  request.progress(4);
  request.progress(10);
  request.respondWith({ status: 201, json: referenceTo(1) });
  expect(await answer).toEqual(referenceTo(1));
  expect(progress).toEqual([
    { bytesSent: 4, bytesAccepted: 0 },
    { bytesSent: 10, bytesAccepted: 0 },
    { bytesSent: 10, bytesAccepted: 10 },
  ]);
  expect(assertReadable).not.toHaveBeenCalled();
});

test('an empty file is sent like any other', async () => {
  const { answer, stack, progress } = begin({ size: 0 });
  (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(1) });
  expect(await answer).toEqual(referenceTo(1));
  expect(progress).toEqual([{ bytesSent: 0, bytesAccepted: 0 }]);
});

test('no answer although the file is readable is a network error', async () => {
  const { answer, stack, assertReadable } = begin();
  const rejection = rejectionOf(answer);
  (await stack.nextRequest()).fail();
  (await stack.nextRequest()).fail();
  expect(await rejection).toMatchObject({ kind: 'network' });
  expect(assertReadable).toHaveBeenCalledTimes(1);
});

test('no answer because the file went away says so', async () => {
  const assertReadable = jest.fn(() => Promise.reject(new FileUnreadableError('a.txt')));
  const { answer, stack } = begin({ assertReadable });
  const rejection = rejectionOf(answer);
  (await stack.nextRequest()).fail();
  (await stack.nextRequest()).fail();
  expect(await rejection).toMatchObject({ kind: 'file-unreadable' });
});

test.each([
  ['a refusal', { status: 400, json: { message: 'TF237082: too large (60.000 MB(s))' } }, 'file-too-large'],
  ['a busy server', { status: 503 }, 'server-busy'],
  ['another page', { status: 200, text: '<html>Maintenance</html>' }, 'unexpected-answer'],
])('%s is handed on without a look at the file', async (_, response, kind) => {
  const { answer, stack, progress, assertReadable } = begin();
  const rejection = rejectionOf(answer);
  (await stack.nextRequest()).respondWith(response);
  expect(await rejection).toMatchObject({ kind });
  expect(assertReadable).not.toHaveBeenCalled();
  expect(progress).toEqual([]);
});

test('a time-out is handed on', async () => {
  const { answer, stack, assertReadable } = begin();
  const rejection = rejectionOf(answer);
  (await stack.nextRequest()).fail(new TimeoutError('Late.', 5));
  expect(await rejection).toMatchObject({ kind: 'timeout' });
  expect(assertReadable).not.toHaveBeenCalled();
});

test('an abort is no failure', async () => {
  const { answer, stack, controller, assertReadable } = begin();
  const rejection = rejectionOf(answer);
  await stack.nextRequest();
  controller.abort();
  expect(await rejection).toBeInstanceOf(CancelledError);
  expect(assertReadable).not.toHaveBeenCalled();
});
