import { persist } from '../../../src/gallery/persist';
import { NetworkError, ServerError } from '../../../src/model/errors';
import { rejectionOf } from '../../helpers/deferred';
import { createHandDrivenSurroundings } from '../../helpers/hand-driven-surroundings';

function begin(task: () => Promise<string>) {
  const surroundings = createHandDrivenSurroundings();
  const controller = new AbortController();
  const result = persist(task, { surroundings, signal: controller.signal, mostAttempts: 3 });
  return { surroundings, controller, result };
}

const lost = (): Promise<string> => Promise.reject(new NetworkError('No answer.'));

test('what passes by itself is tried again, after a wait', async () => {
  const task = jest.fn<Promise<string>, []>(() => Promise.resolve('done')).mockImplementationOnce(lost);
  const { surroundings, result } = begin(task);
  await surroundings.pass(249);
  expect(task).toHaveBeenCalledTimes(1);
  await surroundings.pass(1);
  expect(await result).toBe('done');
});

test('but not for ever', async () => {
  const task = jest.fn(lost);
  const { surroundings, result } = begin(task);
  const rejection = rejectionOf(result);
  await surroundings.pass(60_000);
  expect(await rejection).toMatchObject({ kind: 'network' });
  expect(task).toHaveBeenCalledTimes(3);
});

test('what does not pass is told at once', async () => {
  const { result } = begin(() => Promise.reject(new ServerError('no-permission', 'No.')));
  expect(await rejectionOf(result)).toMatchObject({ kind: 'no-permission' });
});

test('an abort ends the wait', async () => {
  const { surroundings, controller, result } = begin(lost);
  const rejection = rejectionOf(result);
  await surroundings.pass(0);
  controller.abort();
  expect(await rejection).toMatchObject({ name: 'CancelledError' });
});
