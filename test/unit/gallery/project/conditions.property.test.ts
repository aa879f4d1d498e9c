import fc from 'fast-check';
import type { Condition } from '../../../../src/gallery/project/model/conditions';
import {
  CONDITION_NAMES,
  readConditions,
  writeCondition,
} from '../../../../src/gallery/project/model/conditions';
import { parseSearch } from '../../../../src/gallery/project/model/parse-search';
import { readPeriod, readSizes } from '../../../../src/gallery/project/model/ranges';

/** Searches as people type them, and any others. */
const searches = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[-=:,"a-z0-9 .<>#\\]*$/),
  fc
    .array(
      fc.constantFrom(
        'type:',
        'size:>',
        '10mb',
        '"',
        '=',
        ',',
        '-',
        ' ',
        'by:',
        'before:2026-',
        '..',
        'on:#',
      ),
    )
    .map((parts) => parts.join('')),
);

const texts = fc.string({ unit: 'grapheme', minLength: 1 });

const conditions: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    name: fc.constant('word' as const),
    isNegated: fc.boolean(),
    values: texts.map((text) => [{ text, isExact: false }]),
  }),
  fc.record({
    name: fc.constantFrom(...CONDITION_NAMES.filter((name) => name !== 'word')),
    isNegated: fc.boolean(),
    values: fc.array(fc.record({ text: texts, isExact: fc.boolean() }), { minLength: 1, maxLength: 4 }),
  }),
);

test('parseSearch reads any text, and keeps or reports each condition', () => {
  fc.assert(
    fc.property(searches, (text) => {
      const { conditions: kept, problems } = parseSearch(text);
      expect(kept.length + problems.length).toBe(readConditions(text).length);
      for (const { condition } of problems) expect(text).toContain(condition);
    }),
    { numRuns: 2_000 },
  );
});

test('readConditions reads the conditions that writeCondition wrote', () => {
  fc.assert(
    fc.property(fc.array(conditions, { maxLength: 5 }), (written) => {
      const text = written.map(writeCondition).join(' ');
      expect(readConditions(text).map(({ condition }) => condition)).toEqual(written);
    }),
    { numRuns: 2_000 },
  );
});

test('readConditions and writeCondition agree on any text after one round', () => {
  fc.assert(
    fc.property(searches, (text) => {
      const once = readConditions(text).map(({ condition }) => condition);
      const again = readConditions(once.map(writeCondition).join(' '));
      expect(again.map(({ condition }) => condition)).toEqual(once);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['>10mb', 10_000_001, Infinity],
  ['>=10MB', 10_000_000, Infinity],
  ['<1.5kb', 0, 1_500],
  ['<=2', 0, 3],
  ['300', 300, 301],
  ['1mb..1gb', 1e6, 1e9],
])('readSizes reads %s', (text, from, to) => expect(readSizes(text)).toEqual({ from, to }));

test.each(['>10xb', '', '>', '..', '1mb..', 'big', '-1'])('readSizes refuses %j', (text) =>
  expect(readSizes(text)).toBeUndefined(),
);

test('readPeriod reads years, months and days of the local time zone', () => {
  expect(readPeriod('2026')).toEqual({ from: +new Date(2026, 0, 1), to: +new Date(2027, 0, 1) });
  expect(readPeriod('2026-2')).toEqual({ from: +new Date(2026, 1, 1), to: +new Date(2026, 2, 1) });
  expect(readPeriod('2024-02-29')).toEqual({ from: +new Date(2024, 1, 29), to: +new Date(2024, 2, 1) });
});

test.each(['2026-13', '2026-02-29', '26', '2026-00', '2026-01-00', 'soon'])('readPeriod refuses %s', (text) =>
  expect(readPeriod(text)).toBeUndefined(),
);

test('parseSearch tells the condition that it did not understand, and keeps the others', () => {
  const { conditions: kept, problems } = parseSearch('login size:>10xb on:x inline:maybe type:log');
  expect(kept.map(writeCondition)).toEqual(['login', 'type:log']);
  expect(problems).toEqual([
    { condition: 'size:>10xb', message: "“>10xb” isn't a size. Write it like >10mb or 1mb..10mb." },
    { condition: 'on:x', message: "“x” isn't the number of a work item." },
    { condition: 'inline:maybe', message: 'Write yes or no after “inline:”.' },
  ]);
});
