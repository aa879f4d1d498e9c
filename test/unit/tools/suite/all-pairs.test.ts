import { allPairs } from '../../../e2e/all-pairs';

const product = ['a', 'b', 'c'].flatMap((letter) =>
  [1, 2, 3].flatMap((number) => [true, false].map((flag) => ({ letter, number, flag }))),
);

describe('allPairs', () => {
  test('covers each pair of values with fewer cases', () => {
    const chosen = allPairs(product);
    expect(chosen.length).toBeLessThan(product.length);
    for (const { letter, number, flag } of product) {
      expect(chosen.some((each) => each.letter === letter && each.number === number)).toBe(true);
      expect(chosen.some((each) => each.letter === letter && each.flag === flag)).toBe(true);
      expect(chosen.some((each) => each.number === number && each.flag === flag)).toBe(true);
    }
  });

  test('returns no case for an impossible combination', () => {
    const possible = product.filter(({ letter, number }) => letter !== 'c' || number === 3);
    expect(allPairs(possible).every((each) => possible.includes(each))).toBe(true);
  });

  test('returns the same cases on each call', () => {
    expect(allPairs(product)).toEqual(allPairs(product));
  });
});
