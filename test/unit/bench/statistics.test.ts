import { median, medianRatio, rotate } from '../../bench/statistics';

test.each([
  [[], NaN],
  [[3], 3],
  [[9, 1, 2], 2],
  [[4, 1, 2, 100], 3],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('each round another one begins, and the order stays', () => {
  expect([0, 1, 2, 3].map((round) => rotate(['a', 'b', 'c'], round).join(''))).toEqual([
    'abc',
    'bca',
    'cab',
    'abc',
  ]);
  expect(rotate([], 2)).toEqual([]);
});

test('a round is compared with itself only', () => {
  const limit = new Map([
    [0, 10],
    [1, 100],
    [3, 1],
  ]);
  const other = new Map([
    [0, 5],
    [1, 80],
    [2, 7],
  ]);
  expect(medianRatio(other, limit)).toBeCloseTo((0.5 + 0.8) / 2);
  expect(medianRatio(new Map(), limit)).toBeNaN();
});
