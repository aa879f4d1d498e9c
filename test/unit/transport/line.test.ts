import { createLine } from '../../../src/transport/line';

const KIB = 1024;

test('nothing is known of a line that carried nothing', () => {
  expect(createLine().bytesPerSecond).toBeUndefined();
});

test('the first request tells all there is to know', () => {
  const line = createLine();
  line.note(512 * KIB, 500);
  expect(line.bytesPerSecond).toBe(1024 * KIB);
});

test('each further one counts half', () => {
  const line = createLine();
  line.note(1000 * KIB, 1000);
  line.note(2000 * KIB, 1000);
  expect(line.bytesPerSecond).toBe(1500 * KIB);
  line.note(500 * KIB, 1000);
  expect(line.bytesPerSecond).toBe(1000 * KIB);
});

test('a small request says nothing of the line', () => {
  const line = createLine();
  line.note(256 * KIB - 1, 1);
  expect(line.bytesPerSecond).toBeUndefined();
  line.note(256 * KIB, 1000);
  line.note(1, 1000);
  expect(line.bytesPerSecond).toBe(256 * KIB);
});

test.each([0, -5])(
  'a request that took %d ms, by a clock that is coarse or was put back, took one',
  (elapsedMs) => {
    const line = createLine();
    line.note(512 * KIB, elapsedMs);
    expect(line.bytesPerSecond).toBe(512 * KIB * 1000);
  },
);

test('a request that was too large for somebody is not made again, but halved', () => {
  const line = createLine();
  expect(line.mostBytes).toBe(Infinity);
  line.refused(1001);
  line.refused(2000);
  expect(line.mostBytes).toBe(500);
});

test('a larger request that got through shows that it was not its size', () => {
  const line = createLine();
  line.refused(1000);
  line.note(500, 1);
  expect(line.mostBytes).toBe(500);
  line.note(501, 1);
  expect(line.mostBytes).toBe(Infinity);
});
