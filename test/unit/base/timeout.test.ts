import { withTimeout } from '../../../src/base/async';
import { createDeferred, flush, rejectionOf } from '../../helpers/deferred';
import { createFakeRuntime } from '../../helpers/fake-runtime';

const TOO_LATE = new Error('Too late.');

/** A task with a timeout of one second. */
function begin() {
  const runtime = createFakeRuntime();
  const task = createDeferred<string>();
  const result = withTimeout(task.promise, 1_000, runtime, () => TOO_LATE);
  return { runtime, task, result };
}

describe('withTimeout', () => {
  test('resolves with the value of the task and clears the timer', async () => {
    const { runtime, task, result } = begin();
    task.resolve('done');
    expect(await result).toBe('done');
    expect(runtime.delays()).toEqual([]);
  });

  test('rejects with the error of the task and clears the timer', async () => {
    const { runtime, task, result } = begin();
    const error = new Error('No.');
    task.reject(error);
    expect(await rejectionOf(result)).toBe(error);
    expect(runtime.delays()).toEqual([]);
  });

  test('rejects with the created error after the timeout, and not before', async () => {
    const { runtime, result } = begin();
    const rejected = jest.fn();
    result.catch(rejected);
    await runtime.pass(999);
    expect(rejected).not.toHaveBeenCalled();
    await runtime.pass(1);
    expect(rejected).toHaveBeenCalledWith(TOO_LATE);
  });

  test('ignores a task that settles after the timeout', async () => {
    const { runtime, task, result } = begin();
    const rejection = rejectionOf(result);
    await runtime.pass(1_000);
    task.resolve('done');
    await flush();
    expect(await rejection).toBe(TOO_LATE);
  });

  test('starts a timer once more when it is late because the machine slept', async () => {
    const { runtime, task, result } = begin();
    // The clock advances by an hour, while the timer is late by as much.
    runtime.setClock(3_600_000);
    await runtime.pass(1_000);
    expect(runtime.delays()).toEqual([1_000]);
    task.resolve('done');
    expect(await result).toBe('done');
    expect(runtime.delays()).toEqual([]);
  });

  test('rejects when the second timer expires as well, however late', async () => {
    const { runtime, result } = begin();
    const rejection = rejectionOf(result);
    runtime.setClock(3_600_000);
    await runtime.pass(1_000);
    runtime.setClock(3_600_000);
    await runtime.pass(1_000);
    expect(await rejection).toBe(TOO_LATE);
    expect(runtime.delays()).toEqual([]);
  });

  test('rejects at once when the timer is late by less than its own length', async () => {
    const { runtime, result } = begin();
    const rejection = rejectionOf(result);
    runtime.setClock(1_000);
    await runtime.pass(1_000);
    expect(await rejection).toBe(TOO_LATE);
  });
});
