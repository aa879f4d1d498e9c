import { median, medianRatio, quantile, ratios, rotate } from '../../../../tools/bench/statistics';

test.each([
  [[], NaN],
  [[3], 3],
  [[9, 1, 2], 2],
  [[4, 1, 2, 100], 3],
])('median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test.each([
  [[], 1 / 4, NaN],
  [[5], 3 / 4, 5],
  [[4, 1, 3, 2], 1 / 4, 1.5],
  [[4, 1, 3, 2], 3 / 4, 3.5],
  [[5, 4, 3, 2, 1], 1 / 4, 2],
])('quantile of %j at %d is %d', (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected);
});

test('rotation starts each round with another contestant in the same order', () => {
  expect([0, 1, 2, 3].map((round) => rotate(['a', 'b', 'c'], round).join(''))).toEqual([
    'abc',
    'bca',
    'cab',
    'abc',
  ]);
  expect(rotate([], 2)).toEqual([]);
});

test('ratios compare values of the same round only', () => {
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
