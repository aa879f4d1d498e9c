/** @jest-environment jsdom */
import { browserRuntime } from '../../../src/base/browser-runtime';

afterEach(() => jest.useRealTimers());

test('the clock is the browser’s', () => {
  jest.useFakeTimers({ now: 1_234_567 });
  expect(browserRuntime.now()).toBe(1_234_567);
});

test('what is put off is called once, and not before its time', () => {
  jest.useFakeTimers();
  const call = jest.fn();
  browserRuntime.setTimer(500, call);
  jest.advanceTimersByTime(499);
  expect(call).not.toHaveBeenCalled();
  jest.advanceTimersByTime(10_000);
  expect(call).toHaveBeenCalledTimes(1);
});

test('the dice are the browser’s', () => {
  jest.spyOn(Math, 'random').mockReturnValue(0.25);
  expect(browserRuntime.random()).toBe(0.25);
  jest.restoreAllMocks();
});

test('nothing is said of the network before it changes, and then every change', () => {
  const told: boolean[] = [];
  jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  browserRuntime.onConnectivity((isOnline) => told.push(isOnline));
  expect(told).toEqual([]);
  for (const event of ['offline', 'online', 'offline']) window.dispatchEvent(new Event(event));
  expect(told).toEqual([false, true, false]);
  jest.restoreAllMocks();
});
