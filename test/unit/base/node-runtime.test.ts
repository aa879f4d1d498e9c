import { createNodeRuntime } from '../../../src/base/node-runtime';

afterEach(() => jest.useRealTimers());

test('createNodeRuntime returns the clock of the process', () => {
  jest.useFakeTimers({ now: 1_234_567 });
  expect(createNodeRuntime().now()).toBe(1_234_567);
});

test('createNodeRuntime returns timers that run once, and not too early', () => {
  jest.useFakeTimers();
  const call = jest.fn();
  createNodeRuntime().setTimer(500, call);
  jest.advanceTimersByTime(499);
  expect(call).not.toHaveBeenCalled();
  jest.advanceTimersByTime(10_000);
  expect(call).toHaveBeenCalledTimes(1);
});

test('createNodeRuntime returns timers that can be cleared', () => {
  jest.useFakeTimers();
  const call = jest.fn();
  createNodeRuntime().setTimer(500, call)();
  jest.advanceTimersByTime(1_000);
  expect(call).not.toHaveBeenCalled();
});

test('createNodeRuntime returns timers that wait longer than Node can, instead of running at once', () => {
  jest.useFakeTimers();
  const call = jest.fn();
  createNodeRuntime().setTimer(2 ** 40, call);
  jest.advanceTimersByTime(60_000);
  expect(call).not.toHaveBeenCalled();
});

test('createNodeRuntime returns timers that keep the process alive', () => {
  const countTimers = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = countTimers();
  const clear = createNodeRuntime().setTimer(60_000, () => undefined);
  expect(countTimers()).toBe(before + 1);
  clear();
  expect(countTimers()).toBe(before);
});

test('createNodeRuntime never reports a change of the network or of a page', () => {
  const { onConnectivity, onReturn, onFreeze } = createNodeRuntime();
  const listener = jest.fn();
  for (const listen of [onConnectivity, onReturn, onFreeze]) listen(listener);
  expect(listener).not.toHaveBeenCalled();
});
