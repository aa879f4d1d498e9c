import fc from 'fast-check';
import { secondsUntil } from '../../../src/ui/use-tick';

test.each([
  [4000, 0, 4],
  [4000, 1, 4],
  [4000, 1000, 3],
  [4000, 3999, 1],
  [4000, 4000, 0],
  [4000, 9000, 0],
])('until %d it is at %d another %d s', (until, now, seconds) => {
  expect(secondsUntil(until, now)).toBe(seconds);
});

test('never negative, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (until, now) => {
      expect(secondsUntil(until, now)).toBeGreaterThanOrEqual(0);
    }),
  );
});
