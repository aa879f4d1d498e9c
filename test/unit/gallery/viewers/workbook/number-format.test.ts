import fc from 'fast-check';
import { builtinFormat } from '../../../../../src/gallery/viewers/workbook/format/builtin-formats';
import { decimalDigits } from '../../../../../src/gallery/viewers/workbook/format/decimal-digits';
import { formatGeneral } from '../../../../../src/gallery/viewers/workbook/format/general';
import { createNumberFormat } from '../../../../../src/gallery/viewers/workbook/format/number-format';

function format(code: string, value: number, is1904 = false): string {
  return createNumberFormat(code).formatNumber(value, is1904);
}

test.each([
  [0, '0'],
  [-0, '0'],
  [1.3, '1.3'],
  [0.1 + 0.2, '0.3'],
  [-1.0123456789, '-1.012345679'],
  [123.4, '123.4'],
  [1 / 3, '0.333333333'],
  [2 / 3, '0.666666667'],
  [1234567.89, '1234567.89'],
  [123456.789012, '123456.789'],
  [1234567890, '1234567890'],
  [12345678901, '12345678901'],
  [99999999999.6, '1E+11'],
  [123456789012, '1.23457E+11'],
  [-123456789012, '-1.23457E+11'],
  [123456822333333000000, '1.23457E+20'],
  [0.0001, '0.0001'],
  [0.000123456789, '0.000123457'],
  [0.00001, '0.00001'],
  [0.000012345678, '1.23457E-05'],
  [1e-10, '1E-10'],
  [1e300, '1E+300'],
])('formatGeneral shows %d as %s', (value, text) => {
  expect(formatGeneral(value)).toBe(text);
});

test('formatGeneral needs at most 11 characters and a sign, and loses little', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = formatGeneral(value);
      expect(text.replace('-', '').length).toBeLessThanOrEqual(12);
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-5);
    }),
  );
});

test.each([
  [1.005, 2, 0, '1', '01'],
  [0.5, 0, 0, '1', ''],
  [2.5, 0, 0, '3', ''],
  [0.004, 2, 0, '0', '00'],
  [0.975, 1, 2, '97', '5'],
  [1234567, 1, -3, '1234', '6'],
  [1e20, 2, 0, '100000000000000000000', '00'],
  [9.999, 2, 0, '10', '00'],
])(
  'decimalDigits rounds %d to %i decimals after a shift of %i',
  (value, decimals, shift, whole, fraction) => {
    expect(decimalDigits(value, decimals, shift)).toEqual({ whole, fraction });
  },
);

test('decimalDigits is as exact as its decimals', () => {
  const values = fc.double({ min: 0, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(values, fc.integer({ min: 0, max: 6 }), (value, decimals) => {
      const { whole, fraction } = decimalDigits(value, decimals);
      expect(fraction).toHaveLength(decimals);
      const error = Math.abs(Number(`${whole}.${fraction}`) - value);
      expect(error).toBeLessThanOrEqual(0.5 * 10 ** -decimals + value * 1e-14);
    }),
  );
});

test.each([
  ['0', 12.5, '13'],
  ['0', -12.5, '-13'],
  ['0.00', 1.005, '1.01'],
  ['0.00', -3, '-3.00'],
  ['#.##', 1.5, '1.5'],
  ['#.##', 1, '1.'],
  ['#.##', 0.25, '.25'],
  ['.00', 12.5, '12.50'],
  ['000', 7, '007'],
  ['0.0?', 1.2, '1.2'],
  ['#,##0', 1234567, '1,234,567'],
  ['#,##0', 12, '12'],
  ['#,##0.00', 1234.5, '1,234.50'],
  ['#,##0', -1234, '-1,234'],
  ['0,000', 7, '0,007'],
  ['#,###', 0, ''],
  ['#,##0,', 1234567, '1,235'],
  ['0.0,,"M"', 12345678, '12.3M'],
  ['0%', 0.975, '98%'],
  ['0.0%', 0.975, '97.5%'],
  ['0.00%', -0.12345, '-12.35%'],
  ['$#,##0.00', 1234.5, '$1,234.50'],
  ['[$€-407] #,##0.00', 5, '€ 5.00'],
  ['#,##0.00 [$€-1]', 5, '5.00 €'],
  ['"Nr. "0', 3, 'Nr. 3'],
  ['\\x0\\y', 3, 'x3y'],
  ['0" kg"', 3, '3 kg'],
  ['000-00-0000', 123456789, '123-45-6789'],
  ['(###) ###-####', 5551234567, '(555) 123-4567'],
  ['0.00;(0.00)', -2, '(2.00)'],
  ['0.00;(0.00);"none"', 0, 'none'],
  ['0;-0;;@', 0, ''],
  ['0;;', -5, ''],
  [';;;', 5, ''],
  ['[Red]0;[Blue]-0', -5, '-5'],
  ['0.00;@', -5, '-5.00'],
  ['[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', 2500000, '2.5M'],
  ['[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', 2500, '2.5K'],
  ['[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', 25, '25'],
  ['[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', -25, '-25'],
  ['[=1]"one";[=2]"two";0', 2, 'two'],
  ['0.00E+00', 12345, '1.23E+04'],
  ['0.00E+00', -0.00012345, '-1.23E-04'],
  ['0.0E+00', 9.99, '1.0E+01'],
  ['0.00E-00', 12345, '1.23E04'],
  ['##0.0E+0', 12345, '12.3E+3'],
  ['##0.0E+0', 999950, '1.0E+6'],
  ['0.00E+00', 0, '0.00E+00'],
  ['# ?/?', 5.25, '5 1/4'],
  ['# ?/?', 0.5, '1/2'],
  ['# ?/?', 3, '3'],
  ['# ?/?', -0.333, '-1/3'],
  ['# ??/??', 3.14159265, '3 1/7'],
  ['# ?/?', 0.99, '1'],
  ['?/?', 1.5, '3/2'],
  ['# ?/8', 2.5, '2 4/8'],
  ['0 "pieces"', 1, '1 pieces'],
  ['General', 1.5, '1.5'],
  ['General" units"', -1.5, '-1.5 units'],
  ['General;[Red]-General', -2, '-2'],
  ['@', 12.5, '12.5'],
])('A number with the format %s: %d is %j', (code, value, text) => {
  expect(format(code, value)).toBe(text);
});

test.each([
  [5, 1234.5, '$1,235'],
  [8, -1234.5, '($1,234.50)'],
  [41, -5, '(5)'],
  [44, 1234.5, '$1,234.50'],
  [44, 0, '$-'],
  [9, 0.5, '50%'],
  [14, 46095, '3/14/2026'],
  [15, 46095, '14-Mar-26'],
  [17, 46095, 'Mar-26'],
  [18, 0.75, '6:00 PM'],
  [22, 46095.5, '3/14/2026 12:00'],
  [31, 46095, '3/14/2026'],
  [45, 0.5 / 24, '30:00'],
  [46, 1.5, '36:00:00'],
  [47, 61.26 / 86400, '01:01.3'],
  [48, 12345, '12.3E+3'],
  [49, 12, '12'],
])('The built-in format %i shows %d as %s', (id, value, text) => {
  expect(format(builtinFormat(id)!, value)).toBe(text);
});

test.each([
  ['yyyy-mm-dd', 0, '1900-01-00'],
  ['yyyy-mm-dd', 1, '1900-01-01'],
  ['yyyy-mm-dd', 59, '1900-02-28'],
  ['yyyy-mm-dd', 60, '1900-02-29'],
  ['yyyy-mm-dd', 61, '1900-03-01'],
  ['yyyy-mm-dd', 25569, '1970-01-01'],
  ['yyyy-mm-dd', 36526, '2000-01-01'],
  ['yyyy-mm-dd', 45351, '2024-02-29'],
  ['yyyy-mm-dd', 46095, '2026-03-14'],
  ['yyyy-mm-dd', 2958465, '9999-12-31'],
  ['dddd', 1, 'Sunday'],
  ['dddd, mmmm d, yyyy', 46095, 'Saturday, March 14, 2026'],
  ['ddd d mmm yy', 46095, 'Sat 14 Mar 26'],
  ['mmmmm', 46095, 'M'],
  ['dd/mm/yyyy hh:mm:ss', 46095.5, '14/03/2026 12:00:00'],
  ['m/d/yy h:mm AM/PM', 46095, '3/14/26 12:00 AM'],
  ['h:mm A/P', 0.5, '12:00 P'],
  ['hh:mm', 0.4375, '10:30'],
  ['h:mm', 0.99999, '23:59'],
  ['h:mm:ss', 0.999999, '0:00:00'],
  ['yyyy-mm-dd hh:mm:ss', 46094.999999, '2026-03-14 00:00:00'],
  ['mm:ss', 0.0104166667, '15:00'],
  ['ss.000', 1.2345 / 86400, '01.235'],
  ['[h]:mm', 1.0625, '25:30'],
  ['[hh]:mm:ss', 0.0625, '01:30:00'],
  ['[mm]:ss', 0.0625, '90:00'],
  ['[s]', 0.001, '86'],
  ['[$-409]d-mmm-yyyy;@', 46095, '14-Mar-2026'],
  ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 46095, 'Saturday, March 14, 2026'],
  ['yyyy"年"m"月"d"日"', 46095, '2026年3月14日'],
  ['yyyy年m月', 46095, '2026年3月'],
  ['d.m.yyyy', 46095, '14.3.2026'],
  ['e-mm-dd', 46095, '2026-03-14'],
  ['yyyy-mm-dd', -1, '-1'],
  ['yyyy-mm-dd', 2958466, '2958466'],
])('A date with the format %s: %d is %s', (code, serial, text) => {
  expect(format(code, serial)).toBe(text);
});

test.each([
  ['yyyy-mm-dd', 0, '1904-01-01'],
  ['yyyy-mm-dd', 44633, '2026-03-14'],
  ['[h]:mm', 1.5, '36:00'],
  ['dddd', 44633, 'Saturday'],
])('A date of the 1904 system with the format %s: %d is %s', (code, serial, text) => {
  expect(format(code, serial, true)).toBe(text);
});

test('Each day after February 1900 has the date of the calendar', () => {
  fc.assert(
    fc.property(fc.integer({ min: 61, max: 2_958_465 }), (serial) => {
      const date = new Date((serial - 25_569) * 86_400_000);
      expect(format('yyyy-mm-dd', serial)).toBe(date.toISOString().slice(0, 10));
      expect(format('ddd', serial)).toBe(date.toUTCString().slice(0, 3));
    }),
  );
});

test('Each second of a day is shown as it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 86_399 }), fc.integer({ min: 0, max: 60_000 }), (second, day) => {
      const time = new Date(second * 1000).toISOString().slice(11, 19);
      expect(format('hh:mm:ss', day + second / 86_400)).toBe(time);
    }),
  );
});

test.each([
  ['@', 'text', 'text'],
  ['"ID "@', '7', 'ID 7'],
  ['0.00', 'text', 'text'],
  ['0;-0;0;"<"@">"', 'text', '<text>'],
  ['0;-0;0;', 'text', ''],
  [';;;', 'text', ''],
  ['_(@_)', ' text ', ' text '],
  ['yyyy;@', 'text', 'text'],
])('A text with the format %s: %j is %j', (code, value, text) => {
  expect(createNumberFormat(code).formatText(value)).toBe(text);
});

test.each([
  '0.0q',
  'Standard',
  'gggee',
  '0;0;0;0;0',
  '0@',
  `0${'0'.repeat(300)}`,
  'yyyy 0',
  '0E+0/0',
  '# x/?',
])('The unknown format %j formats as General', (code) => {
  expect(format(code, 1234.5)).toBe('1234.5');
});

test('Any format and number become a text', () => {
  const part = fc.constantFrom(
    ...[
      '0',
      '#',
      '?',
      '.',
      ',',
      '%',
      '/',
      ';',
      '"',
      '"a"',
      '\\',
      '\\x',
      '_',
      '_)',
      '*',
      '* ',
      '[',
      ']',
      '[h]',
    ],
    ...[
      '[Red]',
      '[>5]',
      '[$€]',
      'E+',
      'e-',
      'y',
      'mm',
      'd',
      'h',
      's',
      'AM/PM',
      '@',
      'General',
      '-',
      ' ',
      'z',
      'é',
    ],
  );
  const codes = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      codes,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      (code, value, is1904) => {
        const text = format(code, value, is1904);
        expect(typeof text).toBe('string');
        expect(text).not.toMatch(/undefined|NaN/);
        expect(text.length).toBeLessThan(2_000);
      },
    ),
    { numRuns: 500 },
  );
});
