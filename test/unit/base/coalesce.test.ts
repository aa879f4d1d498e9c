import { coalesce } from '../../../src/base/async';
import { createFakeRuntime } from '../../helpers/fake-runtime';

function begin(onRun?: (call: () => void) => void) {
  const runtime = createFakeRuntime();
  const task = jest.fn(() => onRun?.(call));
  const call = coalesce(runtime, 100, task);
  return { runtime, task, call };
}

describe('coalesce', () => {
  test('runs the task once for many calls', async () => {
    const { runtime, task, call } = begin();
    for (let calls = 0; calls < 5; calls++) call();
    expect(runtime.delays()).toEqual([100]);
    await runtime.pass(100);
    expect(task).toHaveBeenCalledTimes(1);
  });

  test('counts the delay from the first call, so later calls do not postpone the task', async () => {
    const { runtime, task, call } = begin();
    call();
    await runtime.pass(99);
    call();
    expect(task).not.toHaveBeenCalled();
    await runtime.pass(1);
    expect(task).toHaveBeenCalledTimes(1);
    await runtime.pass(1_000);
    expect(task).toHaveBeenCalledTimes(1);
  });

  test('runs the task again for a call after it', async () => {
    const { runtime, task, call } = begin();
    call();
    await runtime.pass(100);
    call();
    await runtime.pass(100);
    expect(task).toHaveBeenCalledTimes(2);
  });

  test('schedules the task again when the task itself calls it', async () => {
    let calls = 0;
    const { runtime, task, call } = begin((again) => calls++ === 0 && again());
    call();
    await runtime.pass(100);
    expect(task).toHaveBeenCalledTimes(1);
    await runtime.pass(100);
    expect(task).toHaveBeenCalledTimes(2);
  });
});
