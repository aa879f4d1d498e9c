import fc from 'fast-check';
import { describeSpeed, secondsLeft, startSpeed, updateSpeed } from '../../../src/ui/hooks';

/** A warm measurement: the buffers were full at 1 s, with 1,000 bytes. */
function warm() {
  return updateSpeed(startSpeed(0, 0), 1000, 1000);
}

test('startSpeed has no figure', () => {
  const speed = startSpeed(500, 1000);
  expect(speed).toMatchObject({ bytesPerSecond: undefined, at: 1000, bytes: 500 });
  expect(secondsLeft(speed, 100)).toBeUndefined();
});

test('updateSpeed ignores the bytes filling the buffers', () => {
  const filled = updateSpeed(startSpeed(0, 0), 50_000_000, 1000);
  expect(filled.bytesPerSecond).toBeUndefined();
  expect(updateSpeed(filled, 51_000_000, 2000).bytesPerSecond).toBe(1_000_000);
});

test('updateSpeed treats the first bytes as filling the buffers, however late they come', () => {
  let speed = startSpeed(0, 0);
  for (let second = 1; second <= 10; second++) speed = updateSpeed(speed, 0, second * 1000);
  const filled = updateSpeed(speed, 50_000_000, 11_000);
  expect(filled.bytesPerSecond).toBeUndefined();
  expect(updateSpeed(filled, 51_000_000, 12_000).bytesPerSecond).toBe(1_000_000);
});

test('updateSpeed takes over the first sample after them', () => {
  expect(updateSpeed(warm(), 3000, 2000)).toMatchObject({ bytesPerSecond: 2000, at: 2000, bytes: 3000 });
});

test.each([0, 1, 999])('updateSpeed skips a sample after %d ms', (elapsedMs) => {
  const speed = warm();
  expect(updateSpeed(speed, 2000, 1000 + elapsedMs)).toBe(speed);
});

test('updateSpeed weighs a change by half after three seconds', () => {
  const steady = updateSpeed(warm(), 2000, 2000);
  expect(updateSpeed(steady, 2000 + 3 * 3000, 5000).bytesPerSecond).toBeCloseTo(2000);
});

test('updateSpeed keeps a steady rate', () => {
  let speed = startSpeed(0, 0);
  for (let second = 1; second < 20; second++) speed = updateSpeed(speed, second * 1000, second * 1000);
  expect(speed.bytesPerSecond).toBeCloseTo(1000);
  expect(secondsLeft(speed, 5000)).toBeCloseTo(5);
});

test('updateSpeed slows down during a stall, then shows nothing', () => {
  let speed = updateSpeed(warm(), 2000, 2000);
  const told: (number | undefined)[] = [];
  for (let second = 3; second < 9; second++) {
    speed = updateSpeed(speed, 2000, second * 1000);
    told.push(speed.bytesPerSecond);
  }
  expect(told[0]).toBeLessThan(1000);
  expect(told.slice(4)).toEqual([undefined, undefined]);
  expect(secondsLeft(speed, 5000)).toBeUndefined();
});

test('updateSpeed restarts the measurement after a stall', () => {
  let speed = updateSpeed(warm(), 9_000_000, 2000);
  for (let second = 3; second <= 30; second++) speed = updateSpeed(speed, 9_000_000, second * 1000);
  speed = updateSpeed(speed, 9_050_000, 31_000);
  expect(updateSpeed(speed, 9_051_000, 32_000).bytesPerSecond).toBe(1000);
});

test('updateSpeed restarts when the count falls', () => {
  const speed = updateSpeed(warm(), 2000, 2000);
  expect(updateSpeed(speed, 10, 3000)).toEqual(startSpeed(10, 3000));
});

test('updateSpeed ignores a clock running backward', () => {
  const speed = updateSpeed(startSpeed(0, 0), 1000, 1000);
  expect(updateSpeed(speed, 2000, 500)).toBe(speed);
});

describe('describeSpeed', () => {
  test('shows speed and time', () => {
    const speed = updateSpeed(warm(), 1_001_000, 2000);
    expect(describeSpeed(speed, 7_500_000)).toBe('1.0 MB/s · 8 s left');
  });

  test('is empty before the first figure', () => {
    expect(describeSpeed(startSpeed(0, 0), 1000)).toBe('');
  });

  test('is empty while almost nothing moves', () => {
    expect(describeSpeed({ ...warm(), bytesPerSecond: 0 }, 1000)).toBe('');
    expect(describeSpeed({ ...warm(), bytesPerSecond: 0.4 }, 1000)).toBe('');
  });

  test('omits a time of more than a day', () => {
    expect(describeSpeed({ ...warm(), bytesPerSecond: 1000 }, 1e9)).toBe('1.0 KB/s');
  });
});

test('updateSpeed and secondsLeft never return an infinite or negative figure', () => {
  const sample = fc.record({ bytes: fc.nat(1e9), elapsedMs: fc.integer({ min: -1000, max: 1e6 }) });
  fc.assert(
    fc.property(fc.array(sample), fc.nat(1e9), (samples, bytesLeft) => {
      let at = 0;
      let speed = startSpeed(0, at);
      for (const { bytes, elapsedMs } of samples) {
        at += elapsedMs;
        speed = updateSpeed(speed, bytes, at);
        const figures = [speed.bytesPerSecond ?? 0, secondsLeft(speed, bytesLeft) ?? 0];
        expect(figures.every((figure) => Number.isFinite(figure) && figure >= 0)).toBe(true);
      }
    }),
  );
});
