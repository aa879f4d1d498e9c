import { createReportClock, runAtOnce, runInSteps } from '../../../src/base/steps';

/** Work that takes `count` steps of some milliseconds. */
function* slow(count: number): Generator<void, string> {
  for (let step = 0; step < count; step++) {
    const end = performance.now() + 8;
    while (performance.now() < end);
    yield;
  }
  return 'done';
}

describe('runInSteps', () => {
  it('lets timers run in between', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++);
    expect(await runInSteps(slow(20))).toBe('done');
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(2);
  });

  it('stops after an abort', async () => {
    const aborter = new AbortController();
    const running = runInSteps(slow(1_000_000), aborter.signal);
    aborter.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });
});

test('runAtOnce returns the result', () => {
  expect(runAtOnce(slow(1))).toBe('done');
});

test('createReportClock is due once an interval has passed', () => {
  let time = 0;
  const isDue = createReportClock(100, () => time);
  const dueAt = [0, 99, 100, 150, 200, 500, 501].filter((now) => {
    time = now;
    return isDue();
  });
  expect(dueAt).toEqual([100, 200, 500]);
});
