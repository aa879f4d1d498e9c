import fc from 'fast-check';
import type { Selection, SelectMode } from '../../../../src/gallery/model/selection';
import { keepShown, NOTHING_SELECTED, select, selectAll } from '../../../../src/gallery/model/selection';

const ORDER = Array.from('abcdef');

/** Applies steps in the form `only b, range d`. */
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
])('select handles “%s”: selects “%s” and focuses %s', (steps, keys, current) => {
  expect([keysOf(after(steps)), after(steps).current]).toEqual([keys, current]);
});

test('selectAll selects all visible files and keeps the focus', () => {
  expect(selectAll(after('only c'), ORDER)).toEqual({ keys: new Set(ORDER), anchor: 'a', current: 'c' });
  expect(selectAll(NOTHING_SELECTED, []).current).toBeUndefined();
});

test.each([
  ['keeps a visible file', 'only c', 'abcdef', 'c', 'c'],
  ['drops a missing file and focuses the next one in its place', 'only c', 'abdef', '', 'd'],
  ['focuses the previous file at the end', 'only f', 'abc', '', 'c'],
  ['keeps the visible part of a range', 'only b, range e', 'bd', 'bd', 'd'],
  ['returns an empty selection without files', 'only b', '', '', undefined],
])('keepShown %s', (_, steps, shown, keys, current) => {
  const kept = keepShown(after(steps), ORDER, Array.from(shown));
  expect([keysOf(kept), kept.current]).toEqual([keys, current]);
});

test('select and keepShown leave only visible files selected and the focus on the last step', () => {
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
