import fc from 'fast-check';
import { runAtOnce } from '../../../../src/base/steps';
import { createIsClosed } from '../../../../src/gallery/project/model/closed-states';
import { fold } from '../../../../src/gallery/project/model/columns';
import type { ItemEntry } from '../../../../src/gallery/project/model/item-entry';
import { createItemTable } from '../../../../src/gallery/project/model/item-table';
import { parseSearch } from '../../../../src/gallery/project/model/parse-search';
import { readReport, readRows, searchRows } from '../../../../src/gallery/project/model/search-rows';
import { isSegment, packSegment, unpackSegment } from '../../../../src/gallery/project/model/segment';
import { nameKeyOf } from '../../../../src/gallery/project/model/order';
import { createSnapshot } from '../../../../src/gallery/project/model/snapshot';
import type { ProjectFile, ProjectSortKey } from '../../../../src/gallery/project/project-index';
import { guidOf } from '../../../helpers/project-server';

const words = fc.constantFrom(
  'a',
  'İstanbul',
  'Ångström',
  'login.PNG',
  'b.log',
  '2.png',
  '10.png',
  'x\u0308',
  '',
);

const files = fc.record({
  id: fc.nat(50).map(guidOf),
  place: fc.constantFrom('https://a/', 'https://b/'),
  name: fc
    .oneof(words, fc.string({ unit: 'grapheme', minLength: 1 }))
    .map((name) => name.replace(/\n/g, '') || '-'),
  size: fc.oneof(fc.constantFrom(NaN, 0, 5, 100_000), fc.nat(3e8)),
  comment: words,
  addedAt: fc.oneof(
    fc.constant(NaN),
    fc.nat(2e9).map((seconds) => seconds * 1_000),
  ),
  addedBy: fc.constantFrom('', 'Anna Müller', 'Bert'),
  isInText: fc.boolean(),
});

const items: fc.Arbitrary<readonly ItemEntry[]> = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 3_000 }),
    revision: fc.nat(9),
    title: words,
    type: fc.constantFrom('Bug', 'Task'),
    state: fc.constantFrom('Active', 'Closed', 'Verified'),
    area: fc.constantFrom('Fabrikam', 'Fabrikam\\Billing', 'Fabrikam\\Billing\\Tax'),
    files: fc.array(files, { minLength: 1, maxLength: 5 }),
  }),
  { selector: ({ id }) => id, maxLength: 20 },
);

const isClosed = createIsClosed([['Bug', ['Verified']]]);
const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function search(entries: readonly ItemEntry[], text: string, sortBy: ProjectSortKey, isDescending: boolean) {
  const table = createItemTable();
  runAtOnce(table.change(new Map(entries.map((entry) => [entry.id, entry]))));
  const snapshot = createSnapshot(table.segments(), { isClosed, digestsOf: () => undefined, compare });
  const { conditions } = parseSearch(text);
  return runAtOnce(searchRows(snapshot, { conditions, sortBy, isDescending }));
}

const all = (found: ReturnType<typeof search>): readonly ProjectFile[] => readRows(found, 0, Infinity);

test('A segment is sound, and gives back what was packed', () => {
  fc.assert(
    fc.property(items, (entries) => {
      const segment = packSegment(entries);
      if (!segment) return;
      expect(isSegment(structuredClone(segment))).toBe(true);
      expect(unpackSegment(segment)).toEqual([...entries].sort((a, b) => a.id - b.id));
    }),
  );
});

test('isSegment refuses data with a column missing or cut', () => {
  fc.assert(
    fc.property(
      items.filter(({ length }) => length > 0),
      fc.nat(),
      fc.boolean(),
      (entries, column, isCut) => {
        const segment: Record<string, unknown> = { ...packSegment(entries) };
        const names = Object.keys(segment);
        const name = names[column % names.length]!;
        const value = segment[name];
        segment[name] = isCut && ArrayBuffer.isView(value) ? (value as Uint8Array).slice(1) : undefined;
        expect(isSegment(segment)).toBe(false);
      },
    ),
  );
});

/** The same conditions, written once more for single files. */
const CONDITIONS: Readonly<Record<string, (file: ProjectFile) => boolean>> = {
  'size:>=100kb': ({ size = -1 }) => size >= 100_000,
  'size:unknown': ({ size }) => size === undefined,
  'by:anna': ({ addedBy }) => addedBy === 'Anna Müller',
  'by:unknown': ({ addedBy }) => addedBy === '',
  'by:="Anna Müller",=Bert': ({ addedBy }) => addedBy !== '',
  'type:log': ({ name }) => /\.log$/i.test(name),
  'state:closed': ({ item }) => item.isClosed || item.state === 'Closed',
  'state:=Closed': ({ item }) => item.state === 'Closed',
  'area:billing': ({ item }) => item.area.includes('Billing'),
  'area:="Fabrikam\\Billing"': ({ item }) => item.area === 'Fabrikam\\Billing',
  'item:bug': ({ item }) => item.type === 'Bug',
  'inline:yes': ({ isInText }) => isInText,
  'duplicate:no': ({ isDuplicate }) => !isDuplicate,
  'before:2000': ({ addedAt }) => addedAt < +new Date(2000, 0, 1),
  'after:2000-05': ({ addedAt }) => addedAt >= +new Date(2000, 4, 1),
  'month:unknown': ({ addedAt }) => Number.isNaN(addedAt),
  istanbul: (file) => hasWord(file, 'istanbul'),
  ångström: (file) => hasWord(file, 'ångström'),
  a: (file) => hasWord(file, 'a'),
  ẍ: (file) => hasWord(file, 'ẍ'),
};

function hasWord({ name, comment, item }: ProjectFile, word: string): boolean {
  return [name, comment, item.title].some((text) => fold(text).includes(fold(word)));
}

test('A search finds just the files that meet all conditions, and counts them', () => {
  const condition = fc.tuple(fc.constantFrom(...Object.keys(CONDITIONS)), fc.boolean());
  fc.assert(
    fc.property(items, fc.array(condition, { maxLength: 3 }), (entries, wanted) => {
      const everything = all(search(entries, '', 'item', false));
      const text = wanted.map(([source, isNegated]) => (isNegated ? '-' : '') + source).join(' ');
      const found = search(entries, text, 'item', false);
      const expected = everything.filter((file) =>
        wanted.every(([source, isNegated]) => CONDITIONS[source]!(file) !== isNegated),
      );
      expect(all(found)).toEqual(expected);
      expect(found.bytes).toBe(expected.reduce((sum, { size = 0 }) => sum + size, 0));
      for (const groups of Object.values(found.facets)) {
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
        expect(groups.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(found.bytes);
      }
    }),
    { numRuns: 500 },
  );
});

test('A search sorts by each column in both directions, files without a value last', () => {
  const values: Readonly<Record<ProjectSortKey, (file: ProjectFile) => string | number | undefined>> = {
    name: ({ name }) => nameKeyOf(name),
    size: ({ size }) => size,
    addedAt: ({ addedAt }) => (Number.isNaN(addedAt) ? undefined : addedAt),
    addedBy: ({ addedBy }) => addedBy || undefined,
    item: ({ item }) => item.id,
    area: ({ item }) => item.area,
  };
  const keys = fc.constantFrom(...(Object.keys(values) as ProjectSortKey[]));
  fc.assert(
    fc.property(items, keys, fc.boolean(), (entries, key, isDescending) => {
      const found = all(search(entries, '', key, isDescending)).map(values[key]);
      const known = found.filter((value) => value !== undefined);
      expect(found.slice(0, known.length)).toEqual(known);
      for (const [index, value] of known.slice(1).entries()) {
        const before = known[index]!;
        const order =
          typeof value === 'number'
            ? Number(before) - value
            : key === 'name'
              ? Number(before > value) - Number(before < value)
              : compare(String(before), value);
        expect(isDescending ? -order : order).toBeLessThanOrEqual(0);
      }
    }),
  );
});

test('The report names the largest files, old files on closed work items, and the bytes of copies', () => {
  const file = (number: number, name: string, size: number, addedAt: number) => ({
    ...{ id: guidOf(number), place: 'https://a/', name, size, comment: '', addedAt },
    ...{ addedBy: '', isInText: false },
  });
  const item = (id: number, state: string, list: ItemEntry['files']): ItemEntry => ({
    ...{ id, revision: 1, title: '', type: 'Bug', area: '', state, files: list },
  });
  const many = Array.from({ length: 80 }, (_, number) => file(100 + number, `${number}.txt`, number + 1, 5));
  const found = search(
    [
      item(1, 'Verified', [file(1, 'A.png', 500, 9), file(2, 'b.png', 700, 3)]),
      item(2, 'Active', [file(3, 'a.png', 500, 2), file(3, 'a.png', 500, 2), file(4, 'c.png', 500, 1)]),
      item(3, 'Active', many),
    ],
    '',
    'size',
    true,
  );
  const report = readReport(found);
  expect(report.largest.slice(0, 2).map(({ name }) => name)).toEqual(['b.png', 'A.png']);
  expect(report.oldestOnClosed.map(({ name }) => name)).toEqual(['b.png', 'A.png']);
  expect(report.nearLimit.map(({ id, fileCount }) => [id, fileCount])).toEqual([[3, 80]]);
  // The copy of one reference has no bytes of its own.
  expect(report.duplicates.probable.copyBytes).toBe(500);
  expect(readRows(search([item(1, 'Active', many)], '', 'size', false), 78, 5)).toHaveLength(2);
});

test('Names sort in natural order, without case and marks', () => {
  const names = ['10.png', '2.png', 'Zebra', 'äpfel', 'apfel 2', 'APFEL 10', 'b'];
  const compareKeys = (a: string, b: string): number => (nameKeyOf(a) < nameKeyOf(b) ? -1 : 1);
  expect(names.sort(compareKeys)).toEqual(['2.png', '10.png', 'äpfel', 'apfel 2', 'APFEL 10', 'b', 'Zebra']);
  expect(nameKeyOf('Bild 9.png') < nameKeyOf('bild 10.png')).toBe(true);
  expect(nameKeyOf('ÄPFEL')).toBe('apfel');
  // A mark is left out, so the short way for plain names must lead to the same text.
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (name) => {
      expect(nameKeyOf(name)).toBe(nameKeyOf(`${name}\u0301`));
    }),
  );
});
