import { createSendFile } from '../../../src/gallery/send-file';
import { createFrameServices } from '../../../src/upload/frame-services';
import { rejectionOf } from '../../helpers/deferred';
import { createManualHttpStack } from '../../helpers/manual-http-stack';
import { createFakeRuntime } from '../../helpers/fake-runtime';
import { createTestHost } from '../../helpers/host';
import { guid, referenceTo } from '../../helpers/uploads';

/** Uploads a file of five bytes. */
function begin() {
  const stack = createManualHttpStack();
  const runtime = createFakeRuntime();
  const send = createSendFile(createFrameServices({ host: createTestHost(), stack, runtime }));
  const controller = new AbortController();
  const progress: number[] = [];
  const result = send(
    { name: 'a.zip', source: new Blob(['12345']) },
    { signal: controller.signal, onProgress: (bytesSent) => progress.push(bytesSent) },
  );
  return { stack, runtime, controller, progress, result };
}

test('SendFile uploads a file under its name, and retries after a lost answer', async () => {
  const { stack, runtime, progress, result } = begin();
  const first = await stack.nextRequest();
  first.progress(3);
  first.fail();
  await runtime.pass(1_000);
  const second = await stack.nextRequest();
  expect(second.parsedUrl.searchParams.get('fileName')).toBe('a.zip');
  second.progress(5);
  second.respondWith({ status: 201, json: referenceTo(9) });
  expect((await result).id).toBe(guid(9));
  expect(progress).toEqual([3, 5]);
});

test('SendFile waits as long as Retry-After says', async () => {
  const { stack, runtime, result } = begin();
  (await stack.nextRequest()).respondWith({ status: 503, headers: { 'Retry-After': '20' } });
  await runtime.pass(19_999);
  expect(stack.requests).toHaveLength(1);
  await runtime.pass(1);
  (await stack.nextRequest()).respondWith({ status: 201, json: referenceTo(9) });
  expect((await result).id).toBe(guid(9));
});

test('SendFile stops on abort', async () => {
  const { stack, controller, result } = begin();
  await stack.nextRequest();
  controller.abort();
  expect(await rejectionOf(result)).toMatchObject({ name: 'CancelledError' });
});
