import fc from 'fast-check';
import { secondsLeft, startSpeed, updateSpeed } from '../../../src/ui/speed';

/** A measurement that is warm: it began at 0, and its baseline is 0 bytes at 1 s. */
function warm() {
  return updateSpeed(startSpeed(0, 0), 0, 1000);
}

test('nothing is known at the beginning', () => {
  const speed = startSpeed(500, 1000);
  expect(speed).toEqual({ bytesPerSecond: undefined, startedAt: 1000, at: 1000, bytes: 500 });
  expect(secondsLeft(speed, 100)).toBeUndefined();
});

test('the first second fills buffers and is not counted', () => {
  const filled = updateSpeed(startSpeed(0, 0), 50_000_000, 1000);
  expect(filled.bytesPerSecond).toBeUndefined();
  expect(updateSpeed(filled, 51_000_000, 2000).bytesPerSecond).toBe(1_000_000);
});

test('the first sample after it is believed', () => {
  expect(updateSpeed(warm(), 2000, 2000)).toMatchObject({ bytesPerSecond: 2000, at: 2000, bytes: 2000 });
});

test.each([0, 1, 999])('a sample after %d ms is left for later', (elapsedMs) => {
  const speed = warm();
  expect(updateSpeed(speed, 1000, 1000 + elapsedMs)).toBe(speed);
});

test('after three seconds a change counts half', () => {
  const steady = updateSpeed(warm(), 1000, 2000);
  expect(updateSpeed(steady, 1000 + 3 * 3000, 5000).bytesPerSecond).toBeCloseTo(2000);
});

test('a steady stream stays steady', () => {
  let speed = startSpeed(0, 0);
  for (let second = 1; second < 20; second++) speed = updateSpeed(speed, second * 1000, second * 1000);
  expect(speed.bytesPerSecond).toBeCloseTo(1000);
  expect(secondsLeft(speed, 5000)).toBeCloseTo(5);
});

test('a stream that stands still slows down, and then no time is told', () => {
  let speed = updateSpeed(warm(), 1000, 2000);
  for (let second = 3; second < 60; second++) speed = updateSpeed(speed, 1000, second * 1000);
  expect(speed.bytesPerSecond).toBeLessThan(1);
  expect(secondsLeft(speed, 5000)).toBeUndefined();
});

test('a count that goes back begins anew', () => {
  const speed = updateSpeed(warm(), 1000, 2000);
  expect(updateSpeed(speed, 10, 3000)).toEqual(startSpeed(10, 3000));
});

test('a clock that goes back changes nothing', () => {
  const speed = updateSpeed(startSpeed(0, 0), 1000, 1000);
  expect(updateSpeed(speed, 2000, 500)).toBe(speed);
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
