import { retry } from '../../../src/base/retry';
import { NetworkError, ServerError } from '../../../src/base/errors';
import { rejectionOf } from '../../helpers/deferred';
import { createFakeRuntime } from '../../helpers/fake-runtime';

function begin(task: () => Promise<string>) {
  const runtime = createFakeRuntime();
  const controller = new AbortController();
  const result = retry(task, { runtime, signal: controller.signal, maxAttempts: 3 });
  return { runtime, controller, result };
}

const lost = (): Promise<string> => Promise.reject(new NetworkError('No answer.'));

test('what passes by itself is tried again, after a wait', async () => {
  const task = jest.fn<Promise<string>, []>(() => Promise.resolve('done')).mockImplementationOnce(lost);
  const { runtime, result } = begin(task);
  await runtime.pass(249);
  expect(task).toHaveBeenCalledTimes(1);
  await runtime.pass(1);
  expect(await result).toBe('done');
});

test('but not for ever', async () => {
  const task = jest.fn(lost);
  const { runtime, result } = begin(task);
  const rejection = rejectionOf(result);
  await runtime.pass(60_000);
  expect(await rejection).toMatchObject({ kind: 'network' });
  expect(task).toHaveBeenCalledTimes(3);
});

test('what does not pass is told at once', async () => {
  const { result } = begin(() => Promise.reject(new ServerError('no-permission', 'No.')));
  expect(await rejectionOf(result)).toMatchObject({ kind: 'no-permission' });
});

test('an abort ends the wait', async () => {
  const { runtime, controller, result } = begin(lost);
  const rejection = rejectionOf(result);
  await runtime.pass(0);
  controller.abort();
  expect(await rejection).toMatchObject({ name: 'CancelledError' });
});
