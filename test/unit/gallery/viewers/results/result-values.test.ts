import {
  parseSeconds,
  parseTime,
  parseTimeSpan,
} from '../../../../../src/gallery/viewers/results/result-values';
import { formatDuration } from '../../../../../src/gallery/viewers/results/result-sentences';

test.each([
  ['1.5', 1500],
  [' 0.25 ', 250],
  ['1,234', 1_234_000],
  ['1,234,567.5', 1_234_567_500],
  ['0,125', 125],
  ['12,5', 12_500],
  ['1.2E-2', 12],
  ['-1', undefined],
  ['soon', undefined],
  ['NaN', undefined],
  ['Infinity', undefined],
  ['', undefined],
  [undefined, undefined],
])('parseSeconds reads %j as %s ms', (text, ms) => {
  expect(parseSeconds(text)).toBe(ms);
});

test.each([
  ['00:00:01.2500000', 1250],
  ['01:02:03', 3_723_000],
  ['1.00:00:00', 86_400_000],
  ['00:01', undefined],
  ['x', undefined],
  ['', undefined],
  [undefined, undefined],
])('parseTimeSpan reads %j as %s ms', (text, ms) => {
  expect(parseTimeSpan(text)).toBe(ms);
});

test.each([
  ['2026-03-14T15:09:26Z', Date.UTC(2026, 2, 14, 15, 9, 26)],
  ['2026-03-14 15:09:26Z', Date.UTC(2026, 2, 14, 15, 9, 26)],
  ['2026-03-14T15:09:26.1234567+01:00', Date.UTC(2026, 2, 14, 14, 9, 26, 123)],
  ['yesterday', undefined],
  ['', undefined],
  [undefined, undefined],
])('parseTime reads %j as %s', (text, time) => {
  expect(parseTime(text)).toBe(time);
});

test.each([
  [0, '0 ms'],
  [37.6, '38 ms'],
  [999.6, '1 s'],
  [1250, '1.3 s'],
  [59_960, '1 min'],
  [72_000, '1 min 12 s'],
  [3_599_600, '1 h'],
  [3_723_000, '1 h 2 min'],
])('formatDuration formats %d ms as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
