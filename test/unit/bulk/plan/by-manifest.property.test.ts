import fc from 'fast-check';
import { createWildcardFinder } from '../../../../src/bulk/plan/by-manifest';

const texts = fc.array(fc.array(fc.constantFrom('a', 'b', '.', '\n', '🧨')).map((all) => all.join('')));
const cells = fc.array(fc.constantFrom('a', 'b', '.', '*', '*', '🧨'), { maxLength: 8 });

test('createWildcardFinder finds the texts made of the pieces of the cell with anything between them', () => {
  fc.assert(
    fc.property(texts, cells, (all, cell) => {
      const expression = new RegExp(
        `^${cell.map((sign) => (sign === '*' ? '.*' : sign === '.' ? '\\.' : sign)).join('')}$`,
        's',
      );
      const expected = all.flatMap((text, index) => (text !== '' && expression.test(text) ? [index] : []));
      const found = createWildcardFinder(all)(cell.join(''));
      expect(found.filter((index) => all[index] !== '')).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});
