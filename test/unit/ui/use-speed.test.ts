import fc from 'fast-check';
import { describeSpeed, secondsLeft, startSpeed, updateSpeed } from '../../../src/ui/use-speed';

/** A measurement that is warm: its buffers were full at 1 s, with 1,000 bytes. */
function warm() {
  return updateSpeed(startSpeed(0, 0), 1000, 1000);
}

test('nothing is known at the beginning', () => {
  const speed = startSpeed(500, 1000);
  expect(speed).toMatchObject({ bytesPerSecond: undefined, at: 1000, bytes: 500 });
  expect(secondsLeft(speed, 100)).toBeUndefined();
});

test('what fills the buffers is not counted', () => {
  const filled = updateSpeed(startSpeed(0, 0), 50_000_000, 1000);
  expect(filled.bytesPerSecond).toBeUndefined();
  expect(updateSpeed(filled, 51_000_000, 2000).bytesPerSecond).toBe(1_000_000);
});

test('the buffers are filled by the first bytes, however long those take', () => {
  let speed = startSpeed(0, 0);
  for (let second = 1; second <= 10; second++) speed = updateSpeed(speed, 0, second * 1000);
  const filled = updateSpeed(speed, 50_000_000, 11_000);
  expect(filled.bytesPerSecond).toBeUndefined();
  expect(updateSpeed(filled, 51_000_000, 12_000).bytesPerSecond).toBe(1_000_000);
});

test('the first sample after it is believed', () => {
  expect(updateSpeed(warm(), 3000, 2000)).toMatchObject({ bytesPerSecond: 2000, at: 2000, bytes: 3000 });
});

test.each([0, 1, 999])('a sample after %d ms is left for later', (elapsedMs) => {
  const speed = warm();
  expect(updateSpeed(speed, 2000, 1000 + elapsedMs)).toBe(speed);
});

test('after three seconds a change counts half', () => {
  const steady = updateSpeed(warm(), 2000, 2000);
  expect(updateSpeed(steady, 2000 + 3 * 3000, 5000).bytesPerSecond).toBeCloseTo(2000);
});

test('a steady stream stays steady', () => {
  let speed = startSpeed(0, 0);
  for (let second = 1; second < 20; second++) speed = updateSpeed(speed, second * 1000, second * 1000);
  expect(speed.bytesPerSecond).toBeCloseTo(1000);
  expect(secondsLeft(speed, 5000)).toBeCloseTo(5);
});

test('a stream that stands still slows down, and then nothing is told', () => {
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

test('a stream that goes on after a standstill is measured anew', () => {
  let speed = updateSpeed(warm(), 9_000_000, 2000);
  for (let second = 3; second <= 30; second++) speed = updateSpeed(speed, 9_000_000, second * 1000);
  speed = updateSpeed(speed, 9_050_000, 31_000);
  expect(updateSpeed(speed, 9_051_000, 32_000).bytesPerSecond).toBe(1000);
});

test('a count that goes back begins anew', () => {
  const speed = updateSpeed(warm(), 2000, 2000);
  expect(updateSpeed(speed, 10, 3000)).toEqual(startSpeed(10, 3000));
});

test('a clock that goes back changes nothing', () => {
  const speed = updateSpeed(startSpeed(0, 0), 1000, 1000);
  expect(updateSpeed(speed, 2000, 500)).toBe(speed);
});

describe('as text', () => {
  test('it is speed and time', () => {
    const speed = updateSpeed(warm(), 1_001_000, 2000);
    expect(describeSpeed(speed, 7_500_000)).toBe('1.0 MB/s · 8 s left');
  });

  test('it is empty before there is a figure', () => {
    expect(describeSpeed(startSpeed(0, 0), 1000)).toBe('');
  });

  test('it is empty while next to nothing moves', () => {
    expect(describeSpeed({ ...warm(), bytesPerSecond: 0 }, 1000)).toBe('');
    expect(describeSpeed({ ...warm(), bytesPerSecond: 0.4 }, 1000)).toBe('');
  });

  test('a time that nobody waits for is left out', () => {
    expect(describeSpeed({ ...warm(), bytesPerSecond: 1000 }, 1e9)).toBe('1.0 KB/s');
  });
});

test('whatever is measured, no figure is infinite or negative', () => {
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
