/** @jest-environment jsdom */
import { browserRuntime } from '../../../src/base/runtime';

afterEach(() => jest.useRealTimers());

test('browserRuntime uses the clock of the browser', () => {
  jest.useFakeTimers({ now: 1_234_567 });
  expect(browserRuntime.now()).toBe(1_234_567);
});

test('browserRuntime calls a delayed function once, and not too early', () => {
  jest.useFakeTimers();
  const call = jest.fn();
  browserRuntime.setTimer(500, call);
  jest.advanceTimersByTime(499);
  expect(call).not.toHaveBeenCalled();
  jest.advanceTimersByTime(10_000);
  expect(call).toHaveBeenCalledTimes(1);
});

test('browserRuntime uses the random numbers of the browser', () => {
  jest.spyOn(Math, 'random').mockReturnValue(0.25);
  expect(browserRuntime.random()).toBe(0.25);
  jest.restoreAllMocks();
});

test('browserRuntime reports when the person comes back to the page', () => {
  const listener = jest.fn();
  const visibility = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  browserRuntime.onReturn(listener);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(listener).not.toHaveBeenCalled();
  visibility.mockReturnValue('visible');
  document.dispatchEvent(new Event('visibilitychange'));
  window.dispatchEvent(new Event('focus'));
  expect(listener).toHaveBeenCalledTimes(2);
  jest.restoreAllMocks();
});

test('browserRuntime reports every change of the network, and nothing before', () => {
  const told: boolean[] = [];
  jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  browserRuntime.onConnectivity((isOnline) => told.push(isOnline));
  expect(told).toEqual([]);
  for (const event of ['offline', 'online', 'offline']) window.dispatchEvent(new Event(event));
  expect(told).toEqual([false, true, false]);
  jest.restoreAllMocks();
});

test('browserRuntime reports a page frozen and restored by the back/forward cache, and no other', () => {
  const told: boolean[] = [];
  browserRuntime.onFreeze((isFrozen) => told.push(isFrozen));
  const dispatch = (type: string, persisted: boolean): void => {
    window.dispatchEvent(Object.assign(new Event(type), { persisted }));
  };
  dispatch('pageshow', false);
  dispatch('pagehide', true);
  dispatch('pageshow', true);
  dispatch('pagehide', false);
  expect(told).toEqual([true, false]);
});
