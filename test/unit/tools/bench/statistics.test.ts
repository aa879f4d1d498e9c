import { median, medianRatio, quantile, ratios, rotate } from '../../../../tools/bench/statistics';

test.each([
  [[], NaN],
  [[3], 3],
  [[9, 1, 2], 2],
  [[4, 1, 2, 100], 3],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test.each([
  [[], 1 / 4, NaN],
  [[5], 3 / 4, 5],
  [[4, 1, 3, 2], 1 / 4, 1.5],
  [[4, 1, 3, 2], 3 / 4, 3.5],
  [[5, 4, 3, 2, 1], 1 / 4, 2],
])('of %j, a share of %d lies below %d', (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected);
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
  expect(ratios(other, limit)).toEqual([0.5, 0.8]);
  expect(medianRatio(other, limit)).toBeCloseTo((0.5 + 0.8) / 2);
  expect(medianRatio(new Map(), limit)).toBeNaN();
});
