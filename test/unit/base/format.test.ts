/** @jest-environment jsdom */
import fc from 'fast-check';
import { loadLanguage } from '../../../src/base/i18n/load-language';
import {
  countFiles,
  formatAmount,
  formatBytes,
  formatPercent,
  formatSeconds,
  formatSpeed,
  listOf,
} from '../../../src/base/format';

test.each([
  [0, '0 B'],
  [1, '1 B'],
  [999, '999 B'],
  [1_000, '1.0 KB'],
  [9_949, '9.9 KB'],
  [9_950, '10 KB'],
  [12_345, '12 KB'],
  [999_499, '999 KB'],
  [999_500, '1.0 MB'],
  [3_400_000, '3.4 MB'],
  [60_000_000, '60 MB'],
  [2_000_000_000, '2.0 GB'],
  [999_600_000_000, '1.0 TB'],
  [5_000_000_000_000_000, '5,000 TB'],
])('formatBytes formats %d bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('formatBytes never shows a larger size as a smaller one', () => {
  const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];
  const valueOf = (text: string): number => {
    const [number = '', unit = ''] = text.split(' ');
    return Number(number.replace(',', '')) * 1000 ** UNITS.indexOf(unit);
  };
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
      const [less, more] = a < b ? [a, b] : [b, a];
      expect(valueOf(formatBytes(less))).toBeLessThanOrEqual(valueOf(formatBytes(more)));
    }),
  );
});

test('formatSpeed formats bytes per second', () => {
  expect(formatSpeed(4_200_000)).toBe('4.2 MB/s');
});

test.each([
  [0, '1 s'],
  [0.2, '1 s'],
  [1, '1 s'],
  [7.1, '8 s'],
  [59, '59 s'],
  [60, '1 min'],
  [61, '2 min'],
  [3_540, '59 min'],
  [3_600, '1 h'],
  [3_601, '2 h'],
])('formatSeconds formats %d seconds as %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test('formatSeconds never rounds down', () => {
  const UNITS: Record<string, number> = { s: 1, min: 60, h: 3600 };
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (seconds) => {
      const [number = '', unit = ''] = formatSeconds(seconds).split(' ');
      expect(Number(number) * UNITS[unit]!).toBeGreaterThanOrEqual(seconds);
    }),
  );
});

test.each([
  [0, '0 files'],
  [1, '1 file'],
  [12, '12 files'],
])('countFiles formats %d files as %s', (count, text) => {
  expect(countFiles(count)).toBe(text);
});

test('formatAmount and formatPercent describe progress', () => {
  expect(formatAmount(3_400_000, 7_000_000)).toBe('3.4 MB of 7.0 MB');
  expect(formatPercent(61)).toBe('61%');
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b', 'c'], 'a, b, c'],
])('listOf joins %j as "%s"', (items, list) => {
  expect(listOf(items)).toBe(list);
});

test('Formatted numbers follow the language', async () => {
  const told = async (culture: string): Promise<string[]> => {
    await loadLanguage(culture);
    return [
      formatBytes(3_400_000),
      formatBytes(5_000_000_000_000_000),
      formatSpeed(4_200),
      formatPercent(61),
      countFiles(1_234),
    ];
  };
  expect(await told('de-DE')).toEqual(['3,4 MB', '5.000 TB', '4,2 KB/s', '61\u00a0%', '1.234 Dateien']);
  expect(await told('fr-FR')).toEqual([
    '3,4\u00a0Mo',
    '5\u202f000\u00a0To',
    '4,2\u00a0Ko/s',
    '61\u00a0%',
    '1\u202f234 fichiers',
  ]);
  await loadLanguage('en-US');
});
