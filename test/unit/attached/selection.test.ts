import fc from 'fast-check';
import type { Selection, SelectMode } from '../../../src/attached/selection';
import { keepShown, NOTHING_SELECTED, select, selectAll } from '../../../src/attached/selection';

const ORDER = Array.from('abcdef');

/** `only b, range d` in words. */
function after(steps: string, order = ORDER): Selection {
  return steps.split(', ').reduce((selection, step) => {
    const [mode, key] = step.split(' ');
    return select(selection, order, key ?? '', mode as SelectMode);
  }, NOTHING_SELECTED);
}

const keysOf = ({ keys }: Selection): string => [...keys].sort().join('');

test.each([
  ['only b', 'b', 'b'],
  ['only b, only d', 'd', 'd'],
  ['only b, range d', 'bcd', 'd'],
  ['only d, range b', 'bcd', 'b'],
  ['only b, range e, range c', 'bc', 'c'],
  ['only b, toggle d', 'bd', 'd'],
  ['only b, toggle d, toggle b', 'd', 'b'],
  ['only b, toggle e, add-range f', 'bef', 'f'],
  ['only b, toggle d, range e', 'de', 'e'],
  ['range c', 'c', 'c'],
  ['only b, move e', 'b', 'e'],
  ['only b, move e, range f', 'bcdef', 'f'],
  ['only b, only gone', 'b', 'b'],
])('after %s, %s is selected and the keyboard on %s', (steps, keys, current) => {
  expect([keysOf(after(steps)), after(steps).current]).toEqual([keys, current]);
});

test('all that is shown is selected, and the keyboard stays where it is', () => {
  expect(selectAll(after('only c'), ORDER)).toEqual({ keys: new Set(ORDER), anchor: 'a', current: 'c' });
  expect(selectAll(NOTHING_SELECTED, []).current).toBeUndefined();
});

test.each([
  ['stays where it is shown', 'only c', 'abcdef', 'c', 'c'],
  ['leaves what is gone, and the keyboard goes to what has its place', 'only c', 'abdef', '', 'd'],
  ['goes up at the end', 'only f', 'abc', '', 'c'],
  ['keeps what is shown of it', 'only b, range e', 'bd', 'bd', 'd'],
  ['is nothing where nothing is shown', 'only b', '', '', undefined],
])('a selection %s', (_, steps, shown, keys, current) => {
  const kept = keepShown(after(steps), ORDER, Array.from(shown));
  expect([keysOf(kept), kept.current]).toEqual([keys, current]);
});

test('whatever is done, what is selected is shown, and the last step is where the keyboard is', () => {
  const modes: readonly SelectMode[] = ['only', 'toggle', 'range', 'add-range', 'move'];
  const steps = fc.array(
    fc.record({ mode: fc.constantFrom(...modes), key: fc.constantFrom(...ORDER), shown: fc.subarray(ORDER) }),
  );
  fc.assert(
    fc.property(steps, (all) => {
      let selection = NOTHING_SELECTED;
      let order: readonly string[] = ORDER;
      for (const { mode, key, shown } of all) {
        selection = keepShown(selection, order, shown);
        order = shown;
        const next = select(selection, order, key, mode);
        if (order.includes(key)) {
          expect(next.current).toBe(key);
          if (mode === 'only') expect([...next.keys]).toEqual([key]);
          if (mode === 'range') expect(next.keys.has(key)).toBe(true);
        } else expect(next).toBe(selection);
        for (const each of next.keys) expect(order).toContain(each);
        selection = next;
      }
    }),
  );
});
