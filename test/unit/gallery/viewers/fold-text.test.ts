import fc from 'fast-check';
import { foldText } from '../../../../src/gallery/viewers/fold-text';

test.each([
  ['Hello', 'hello'],
  ['Crème BRÛLÉE', 'creme brulee'],
  ['eﬃcient', 'efficient'],
  ['co\u00adoperate', 'cooperate'],
  ['ＡＢＣ', 'abc'],
  ['が', 'が'],
  ['한', '한'],
])('foldText folds %s to %s', (original, folded) => {
  expect(foldText(original).text).toBe(folded);
});

test('foldText locates a match in the original', () => {
  const original = 'Ein Caf\u0065\u0301 fu\u0308r Ｏﬃce 😀 ok';
  const { text, locate } = foldText(original);
  const found = (query: string): string => {
    const at = text.indexOf(query);
    return original.slice(...locate(at, at + query.length));
  };
  expect(found('fur')).toBe('fu\u0308r');
  expect(found('office')).toBe('Ｏﬃce');
  // Half of a ligature cannot be marked.
  expect(found('of')).toBe('Ｏﬃ');
  expect(found('ok')).toBe('ok');
});

test('foldText never locates a part outside the original', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (original, from, length) => {
      const { text, locate } = foldText(original);
      const start = Math.min(from, Math.max(0, text.length - 1));
      const end = Math.min(text.length, start + 1 + length);
      if (text === '') return;
      const [first, last] = locate(start, end);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(last).toBeGreaterThan(first);
      expect(last).toBeLessThanOrEqual(original.length);
    }),
  );
});
