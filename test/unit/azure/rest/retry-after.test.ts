import { readRetryAfter } from '../../../../src/azure/rest/retry-after';

const NOW = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');

test.each([
  ['seconds', '120', 120_000],
  ['blanks around it', ' 5 ', 5000],
  ['parts of a second', '1.5', 1500],
  ['a date to come', 'Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
  ['a date in the older form', 'Wednesday, 21-Oct-26 07:28:30 GMT', 30_000],
])('readRetryAfter parses the header: %s', (_, value, delayMs) => {
  expect(readRetryAfter(value, NOW)).toBe(delayMs);
});

test.each([
  ['no header', null],
  ['no time', '0'],
  ['less than nothing', '-5'],
  ['this very moment', 'Wed, 21 Oct 2026 07:28:00 GMT'],
  ['a date that is over', 'Wed, 21 Oct 2026 07:27:00 GMT'],
  ['an empty one', ''],
  ['blanks', '  '],
  ['words', 'soon'],
  ['no number', 'NaN'],
  ['for ever', 'Infinity'],
  ['a date that is none', 'Wed, 99 Oct 2026 07:28:30 GMT'],
])('readRetryAfter returns undefined: %s', (_, value) => {
  expect(readRetryAfter(value, NOW)).toBeUndefined();
});
