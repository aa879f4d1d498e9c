import { HOST_TIMEOUT_MS, hostAnswer } from '../../../../src/azure/host/time-out';
import { createDeferred, rejectionOf } from '../../../helpers/deferred';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('hostAnswer resolves with the response and clears the timer', async () => {
  expect(await hostAnswer(Promise.resolve('token'), 'a token')).toBe('token');
  expect(jest.getTimerCount()).toBe(0);
});

test('hostAnswer resolves with an empty response', async () => {
  await expect(hostAnswer(Promise.resolve(undefined), 'a token')).resolves.toBeUndefined();
});

test.each([
  ['an error', new Error('Denied.'), 'Denied.'],
  ['a text', 'Denied.', 'Denied.'],
  ["the host's plain object", { message: 'Denied.' }, 'Denied.'],
  ['nothing', undefined, 'unknown error'],
])('hostAnswer rejects with a HostError after a refusal with %s', async (_, cause, reason) => {
  // The host may reject with anything.
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
  expect(await rejectionOf(hostAnswer(Promise.reject(cause), 'a token'))).toMatchObject({
    name: 'HostError',
    kind: 'host-silent',
    message: `Azure DevOps refused the question for a token: ${reason}`,
    cause,
  });
  expect(jest.getTimerCount()).toBe(0);
});

test('hostAnswer rejects with a HostError exactly at the timeout', async () => {
  const settled = jest.fn();
  const rejection = rejectionOf(hostAnswer(new Promise(() => undefined), 'a token')).then((error) => {
    settled();
    return error;
  });
  await jest.advanceTimersByTimeAsync(HOST_TIMEOUT_MS - 1);
  expect(settled).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(1);
  expect(await rejection).toMatchObject({
    kind: 'host-silent',
    message: 'Azure DevOps did not answer the question for a token.',
  });
});

test('hostAnswer accepts another timeout', async () => {
  const rejection = rejectionOf(hostAnswer(new Promise(() => undefined), 'a token', 5));
  await jest.advanceTimersByTimeAsync(5);
  expect(await rejection).toMatchObject({ kind: 'host-silent' });
});

test.each(['answer', 'refusal'])('hostAnswer ignores a late %s', async (late) => {
  const answer = createDeferred<string>();
  const rejection = rejectionOf(hostAnswer(answer.promise, 'a token', 5));
  await jest.advanceTimersByTimeAsync(5);
  if (late === 'answer') answer.resolve('token');
  else answer.reject(new Error('Denied.'));
  expect(await rejection).toMatchObject({
    message: 'Azure DevOps did not answer the question for a token.',
  });
});
