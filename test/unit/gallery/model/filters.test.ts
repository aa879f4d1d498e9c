import fc from 'fast-check';
import type { FileKind } from '../../../../src/base/file-kind';
import {
  countBy,
  isFiltered,
  isIn,
  matcherOf,
  NO_FILTERS,
  periodsAt,
  toggled,
} from '../../../../src/gallery/model/filters';
import { attachedFile } from './files';

const NOW = new Date(2026, 10, 30, 9, 30).getTime();

const periodNamed = (name: string) => periodsAt(NOW).find((period) => period.name === name);

test.each([
  ['today', '2026-11-30T00:00', '2026-11-29T23:59'],
  ['week', '2026-11-24T00:00', '2026-11-23T23:59'],
  ['month', '2026-11-01T00:00', '2026-10-31T23:59'],
  ['older', '2026-10-31T23:59', '2026-11-01T00:00'],
])('The period “%s” on Nov 30 includes %s and excludes %s', (name, inside, outside) => {
  const matches = matcherOf({ ...NO_FILTERS, period: periodNamed(name) });
  expect(matches(attachedFile('a.txt', { addedAt: Date.parse(inside) }))).toBe(true);
  expect(matches(attachedFile('a.txt', { addedAt: Date.parse(outside) }))).toBe(false);
});

test('No period includes a file with an unknown date; a file of the future is of today', () => {
  const unknown = attachedFile('a.txt', { addedAt: NaN });
  expect(periodsAt(NOW).filter((period) => isIn(period, unknown))).toEqual([]);
  expect(isIn(periodsAt(NOW)[0]!, attachedFile('a.txt', { addedAt: NOW + 60_000 }))).toBe(true);
});

test('Each file with a date is in the last 30 days or older, never in both', () => {
  fc.assert(
    fc.property(fc.integer(), (addedAt) => {
      const file = attachedFile('a.txt', { addedAt });
      expect(isIn(periodNamed('month')!, file)).toBe(!isIn(periodNamed('older')!, file));
    }),
  );
});

test('matcherOf matches files of all filters, and every file without filters', () => {
  const file = attachedFile('a.png', { addedBy: 'Ömer', addedAt: NOW });
  const kinds = new Set<FileKind>(['image']);
  expect(matcherOf(NO_FILTERS)(file)).toBe(true);
  expect(matcherOf({ ...NO_FILTERS, kinds, people: new Set(['Ömer', 'Eva']) })(file)).toBe(true);
  expect(matcherOf({ ...NO_FILTERS, kinds, people: new Set(['Eva']) })(file)).toBe(false);
});

test('countBy keeps a chosen value that no longer occurs, with 0', () => {
  const files = [attachedFile('a.txt'), attachedFile('b.txt')];
  const chosen = new Set<FileKind>(['image']);
  expect([...countBy(files, ({ kind }) => kind, chosen)]).toEqual([
    ['image', 0],
    ['text', 2],
  ]);
});

test('isFiltered ignores a blank text', () => {
  expect(isFiltered({ ...NO_FILTERS, text: ' ' })).toBe(false);
  expect(isFiltered({ ...NO_FILTERS, people: toggled(new Set<string>(), 'Eva') })).toBe(true);
  expect([...toggled(new Set(['Eva']), 'Eva')]).toEqual([]);
});
