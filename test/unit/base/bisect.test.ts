import fc from 'fast-check';
import { firstIndexWhere } from '../../../src/base/bisect';

describe('firstIndexWhere', () => {
  it('finds the same index as a search from the start', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 })),
        fc.integer({ min: -1, max: 21 }),
        (numbers, limit) => {
          const ascending = [...numbers].sort((a, b) => a - b);
          const found = ascending.findIndex((number) => number >= limit);
          const expected = found < 0 ? ascending.length : found;
          expect(firstIndexWhere(ascending.length, (index) => (ascending[index] ?? 0) >= limit)).toBe(
            expected,
          );
        },
      ),
    );
  });

  it('asks for no index outside', () => {
    const holds = jest.fn(() => true);
    expect(firstIndexWhere(0, holds)).toBe(0);
    expect(firstIndexWhere(-1, holds)).toBe(0);
    expect(holds).not.toHaveBeenCalled();
  });
});
