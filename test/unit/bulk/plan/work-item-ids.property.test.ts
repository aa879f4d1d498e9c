import fc from 'fast-check';
import { readWorkItemIds } from '../../../../src/bulk/plan/work-item-ids';

const ids = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const guids = fc.uuid();

/** Notations of a number, each a separate phrase. */
const writings = fc.constantFrom<((id: number) => string)[]>(
  (id) => `${id}`,
  (id) => `#${id}`,
  (id) => `00${id}`,
  (id) => `Bug ${id}`,
  (id) => `Product Backlog Item ${id}`,
  (id) => `https://dev.azure.com/fabrikam/Fiber/_workitems/edit/${id}`,
  (id) => `https://server/tfs/C/_boards/board?a=1&workitem=${id}#x`,
);
const separators = fc.constantFrom(',', ', ', '; ', '\n', '\r\n', ' , ', '|', ' ');

test('readWorkItemIds reads ids in any notation, without duplicates and in order', () => {
  const phrases = fc.array(fc.tuple(ids, writings, separators));
  fc.assert(
    fc.property(phrases, (all) => {
      const text = all.map(([id, write, separator]) => write(id) + separator).join('');
      // A number with thousands separators, not a list.
      fc.pre(!/(?<!\d)\d{1,3},\d{3}(?!\d)/.test(text));
      const expected = [...new Set(all.map(([id]) => id))];
      expect(readWorkItemIds(text)).toEqual({ ids: expected, queryIds: [], unknown: [] });
    }),
    { numRuns: 1_000 },
  );
});

test('readWorkItemIds reads queries along with ids', () => {
  fc.assert(
    fc.property(fc.uniqueArray(guids), fc.uniqueArray(ids), (queries, numbers) => {
      const text = [
        ...queries.map((guid) => `https://x/_queries/query/${guid.toUpperCase()}/`),
        ...numbers,
      ].join(' ');
      expect(readWorkItemIds(text)).toEqual({ ids: numbers, queryIds: queries, unknown: [] });
    }),
  );
});

test('readWorkItemIds returns possible ids and loses no letters or digits for any text', () => {
  const pieces = fc.constantFrom(
    '1',
    '22',
    '0',
    'a',
    ' ',
    ',',
    ':',
    '-',
    '#',
    '\t',
    '\n',
    'https://',
    '/',
    '(',
    '?id=',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(pieces).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const { ids: found, unknown } = readWorkItemIds(text);
      expect(new Set(found).size).toBe(found.length);
      for (const id of found) {
        expect(Number.isInteger(id) && id > 0 && id < 2 ** 31).toBe(true);
        expect(text).toContain(String(id));
      }
      for (const piece of unknown) expect(piece).toMatch(/\S/);
      if (/[0-9]/.test(text)) expect(found.length + unknown.length).toBeGreaterThan(0);
    }),
    { numRuns: 2_000 },
  );
});

// Quadratic time would take hours, and the test would not end.
test.each(['9', ')', 'http', 'https://', ' ', 'a ', '1 ', '1: ', '\t', 'https://x,'])(
  'readWorkItemIds takes limited time for a long text that repeats %j',
  (piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    expect(readWorkItemIds(`https://${text}x ${text}`).ids.length).toBeLessThan(2);
  },
);
