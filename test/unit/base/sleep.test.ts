import { CancelledError } from '../../../src/base/errors';
import { sleep } from '../../../src/base/async';
import { rejectionOf } from '../../helpers/deferred';
import { createFakeRuntime } from '../../helpers/fake-runtime';

describe('sleep', () => {
  test('resolves after the delay, and not before', async () => {
    const runtime = createFakeRuntime();
    const woken = jest.fn();
    void sleep(runtime, 500).then(woken);
    await runtime.pass(499);
    expect(woken).not.toHaveBeenCalled();
    await runtime.pass(1);
    expect(woken).toHaveBeenCalledTimes(1);
  });

  test('rejects and clears its timer when the signal is aborted', async () => {
    const runtime = createFakeRuntime();
    const controller = new AbortController();
    const rejection = rejectionOf(sleep(runtime, 500, controller.signal));
    controller.abort();
    expect(await rejection).toBeInstanceOf(CancelledError);
    expect(runtime.delays()).toEqual([]);
  });

  test('rejects without a timer when the signal was aborted before', async () => {
    const runtime = createFakeRuntime();
    expect(await rejectionOf(sleep(runtime, 500, AbortSignal.abort()))).toBeInstanceOf(CancelledError);
    expect(runtime.delays()).toEqual([]);
  });

  test('ignores an abort after it has resolved, and leaves no listener', async () => {
    const runtime = createFakeRuntime();
    const controller = new AbortController();
    const removeListener = jest.spyOn(controller.signal, 'removeEventListener');
    const slept = sleep(runtime, 500, controller.signal);
    await runtime.pass(500);
    await slept;
    expect(removeListener).toHaveBeenCalledTimes(1);
    controller.abort();
    await expect(slept).resolves.toBeUndefined();
  });
});
