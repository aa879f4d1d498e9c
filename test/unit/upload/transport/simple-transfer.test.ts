import { CancelledError, TimeoutError } from '../../../../src/base/errors';
import { createSimpleTransfer } from '../../../../src/upload/transport/transport';
import type { PendingRequest } from '../../../helpers/manual-http-stack';
import { createTestTools, fileToSend, run } from '../../../helpers/transfer';
import { referenceTo } from '../../../helpers/uploads';

const MIB = 1024 * 1024;
const ONE_OF_MANY = { isOneOfMany: true };

function begin() {
  const test = createTestTools();
  const send = (...file: Parameters<typeof fileToSend>) =>
    run(createSimpleTransfer(test.tools, fileToSend(...file)));
  return { ...test, send };
}

function fileNameOf({ parsedUrl }: PendingRequest): string | null {
  return parsedUrl.searchParams.get('fileName');
}

test('createSimpleTransfer sends a file in one request', async () => {
  const { tools, stack } = begin();
  const file = fileToSend(10);
  const { answer, progress, steps } = run(createSimpleTransfer(tools, file));
  const request = await stack.nextRequest();
  expect([request.method, request.parsedUrl.searchParams.get('uploadType')]).toEqual(['POST', 'simple']);
  expect(request.body).toBe(file.source);
  request.progress(4);
  request.progress(10);
  request.respondWith({ status: 201, json: referenceTo(1) });
  expect(await answer).toEqual(referenceTo(1));
  // Only the response confirms the bytes.
  expect(progress).toEqual([
    { bytesSent: 4, bytesAccepted: 0 },
    { bytesSent: 10, bytesAccepted: 0 },
  ]);
  expect(steps).toEqual([]);
});

test('createSimpleTransfer sends nothing before it runs', () => {
  const { tools, stack } = begin();
  createSimpleTransfer(tools, fileToSend(10));
  expect(stack.requests).toEqual([]);
});

test('createSimpleTransfer sends an empty file like any other', async () => {
  const { stack, send } = begin();
  const { answer } = send(0);
  (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(1) });
  expect(await answer).toEqual(referenceTo(1));
});

test('createSimpleTransfer starts over at the next attempt', async () => {
  const { tools, stack } = begin();
  const transfer = createSimpleTransfer(tools, fileToSend(10));
  const first = run(transfer);
  (await stack.nextRequest()).fail();
  expect(await first.failure).toMatchObject({ kind: 'network' });
  const second = run(transfer);
  const request = await stack.nextRequest();
  expect((request.body as Blob).size).toBe(10);
  request.respondWith({ status: 201, json: referenceTo(2) });
  expect(await second.answer).toEqual(referenceTo(2));
});

test('createSimpleTransfer records the throughput only after the response', async () => {
  const { stack, send, runtime, tools } = begin();
  const first = send(MIB);
  runtime.setClock(500);
  (await stack.nextRequest()).fail();
  await first.failure;
  expect(tools.throughput.bytesPerSecond).toBeUndefined();
  const second = send(MIB);
  const request = await stack.nextRequest();
  runtime.setClock(500);
  request.respondWith({ status: 201, json: referenceTo(1) });
  await second.answer;
  expect(tools.throughput.bytesPerSecond).toBe(2 * MIB);
});

test.each([
  ['a lost answer', undefined, 'network'],
  ['a stalled line', new TimeoutError('Late.', 5), 'timeout'],
])('createSimpleTransfer passes on %s without repeating the request', async (_, error, kind) => {
  const { stack, send } = begin();
  const { failure } = send(10);
  (await stack.nextRequest()).fail(error);
  expect(await failure).toMatchObject({ kind });
  expect(stack.requests).toHaveLength(1);
});

test('createSimpleTransfer does not treat an abort as a failure', async () => {
  const { stack, send } = begin();
  const { failure, abort } = send(10);
  await stack.nextRequest();
  abort();
  expect(await failure).toBeInstanceOf(CancelledError);
});

describe('createSimpleTransfer: file name', () => {
  test.each([
    ['of a file that came alone', 10, {}, 'Build #1.log'],
    ['of a small file that is one of many', 10, ONE_OF_MANY, null],
    ['of an empty file that is one of many', 0, ONE_OF_MANY, null],
    ['of one of many that is just small', MIB, ONE_OF_MANY, null],
    ['of one of many that is just large', MIB + 1, ONE_OF_MANY, 'Build #1.log'],
  ])('is in the URL as required %s: %s bytes, %j', async (_, size, facts, fileName) => {
    const { stack, send } = begin();
    send(size, facts);
    expect(fileNameOf(await stack.nextRequest())).toBe(fileName);
  });

  test('is omitted for many small files so that they share one URL', async () => {
    const { stack, send } = begin();
    for (const name of ['a', 'b', 'c']) send(10, { name, ...ONE_OF_MANY });
    const urls = [await stack.nextRequest(), await stack.nextRequest(), await stack.nextRequest()].map(
      ({ url }) => url,
    );
    expect(new Set(urls).size).toBe(1);
  });

  test('is sent after a refusal, and for all later files', async () => {
    const { stack, send, tools } = begin();
    const { answer } = send(10, { name: 'a', ...ONE_OF_MANY });
    (await stack.nextRequest()).respondWith({ status: 400, json: { message: 'fileName is missing.' } });
    const second = await stack.nextRequest();
    expect(fileNameOf(second)).toBe('a');
    second.respondWith({ status: 201, json: referenceTo(1) });
    expect(await answer).toEqual(referenceTo(1));
    expect(tools.naming.tryWithoutName()).toBe(false);

    send(10, { name: 'b', ...ONE_OF_MANY });
    expect(fileNameOf(await stack.nextRequest())).toBe('b');
  });

  test('is sent once more for each of several files refused at the same time', async () => {
    const { stack, send } = begin();
    for (const name of ['a', 'b']) send(10, { name, ...ONE_OF_MANY });
    const [a, b] = [await stack.nextRequest(), await stack.nextRequest()];
    for (const request of [a, b]) request.respondWith({ status: 400 });
    const again = [await stack.nextRequest(), await stack.nextRequest()];
    expect(again.map(fileNameOf)).toEqual(['a', 'b']);
    for (const request of again) request.respondWith({ status: 201, json: referenceTo(1) });
    expect(stack.requests).toHaveLength(4);
  });

  test('does not help a file refused with it', async () => {
    const { stack, send } = begin();
    const { failure } = send(10, ONE_OF_MANY);
    (await stack.nextRequest()).respondWith({ status: 400 });
    (await stack.nextRequest()).respondWith({ status: 400, json: { message: 'No.' } });
    expect(await failure).toMatchObject({ kind: 'refused', facts: { serverMessage: 'No.' } });
    expect(stack.requests).toHaveLength(2);
  });

  test.each([
    ['the size', { status: 400, json: { message: 'TF237082: too large (60.000 MB(s))' } }, 'file-too-large'],
    ['the request', { status: 413 }, 'request-too-large'],
    ['the permission', { status: 403 }, 'no-permission'],
    ['the moment', { status: 503 }, 'server-busy'],
    ['a proxy', { status: 200, text: '<html>Maintenance</html>' }, 'unexpected-answer'],
  ])('is not added after a refusal because of %s', async (_, response, kind) => {
    const { stack, send, tools } = begin();
    const { failure } = send(10, ONE_OF_MANY);
    (await stack.nextRequest()).respondWith(response);
    expect(await failure).toMatchObject({ kind });
    expect(stack.requests).toHaveLength(1);
    expect(tools.naming.tryWithoutName()).toBe(true);
  });

  test('is decided at the start of an attempt, not when the file is added', async () => {
    const { stack, tools } = begin();
    const transfer = createSimpleTransfer(tools, fileToSend(10, ONE_OF_MANY));
    tools.naming.requireUrlName();
    run(transfer);
    expect(fileNameOf(await stack.nextRequest())).toBe('Build #1.log');
  });
});
