import { bulletOf, formatNumber } from '../../../../../src/gallery/viewers/office/list-markers';

test.each([
  [3, 'decimal', '3'],
  [3, 'decimalZero', '03'],
  [27, 'lowerLetter', 'aa'],
  [28, 'upperLetter', 'BB'],
  [14, 'lowerRoman', 'xiv'],
  [499, 'upperRoman', 'CDXCIX'],
  [0, 'upperRoman', '0'],
  [1_000_000_000, 'lowerRoman', '1000000000'],
  [1_000_000_000, 'lowerLetter', '1000000000'],
] as const)('formatNumber writes %i in the style %s as %s', (number, style, text) => {
  expect(formatNumber(number, style)).toBe(text);
});

test.each([
  ['\uf0b7', 0, '•'],
  ['\uf0fc', 0, '✓'],
  ['o', 1, '◦'],
  ['§', 2, '▪'],
  ['', 8, '▪'],
  ['–', 0, '–'],
  ['\ue123', 0, '•'],
])('bulletOf shows %j at level %i as %s', (text, level, bullet) => {
  expect(bulletOf(text, level)).toBe(bullet);
});
