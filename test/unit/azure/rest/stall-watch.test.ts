import { createStallWatch } from '../../../../src/azure/rest/stall-watch';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Starts two watches of one stack, for 60 ms. */
function begin() {
  const start = createStallWatch();
  const stalls: string[] = [];
  const watch = (name: string) => start(60, () => stalls.push(name));
  return { first: watch('first'), second: watch('second'), stalls };
}

test('a watch reports a request without progress', () => {
  const { first, second, stalls } = begin();
  second.stop();
  jest.advanceTimersByTime(59);
  expect(stalls).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(stalls).toEqual(['first']);
  first.stop();
});

test('a watch reports no request that made progress meanwhile', () => {
  const { first, second, stalls } = begin();
  second.stop();
  for (let step = 0; step < 20; step++) {
    first.recordProgress();
    jest.advanceTimersByTime(50);
  }
  expect(stalls).toEqual([]);
  first.stop();
});

test('a watch waits for a queued request while others make progress, but not for ever', () => {
  const { first, second, stalls } = begin();
  for (let step = 0; step < 5; step++) {
    second.recordProgress();
    jest.advanceTimersByTime(40);
  }
  expect(stalls).toEqual([]);
  second.recordProgress();
  jest.advanceTimersByTime(40);
  expect(stalls).toEqual(['first']);
  first.stop();
  second.stop();
});

test('a watch reports nothing right after the computer slept, and a stall later', () => {
  const { first, second, stalls } = begin();
  second.stop();
  first.recordProgress();
  jest.advanceTimersByTime(10);
  first.recordProgress();
  // The clock goes on, but no timer runs.
  const now = performance.now.bind(performance);
  jest.spyOn(performance, 'now').mockImplementation(() => now() + 3_600_000);
  jest.advanceTimersByTime(10);
  expect(stalls).toEqual([]);
  jest.advanceTimersByTime(10);
  expect(stalls).toEqual(['first']);
  first.stop();
  jest.restoreAllMocks();
});
