import { perLanguage } from './i18n/language';
import { t } from './i18n/translate';

const sizes = perLanguage((locale) =>
  [0, 1].map(
    (digits) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  ),
);

const numbers = perLanguage((locale) => new Intl.NumberFormat(locale));
const moments = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
);

/** Units of sizes, each 1,000 times the previous one. */
const UNITS: readonly ((size: string) => string)[] = [
  (size) => t('{size} B', { size }),
  (size) => t('{size} KB', { size }),
  (size) => t('{size} MB', { size }),
  (size) => t('{size} GB', { size }),
  (size) => t('{size} TB', { size }),
];

/** Formats a size: `0 B`, `12 KB`, `3.4 MB`. Units of 1,000, as in the limits of Azure DevOps. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  const size = sizes()[digits]?.format(value) ?? '';
  return UNITS[unit]?.(size) ?? size;
}

/** `4.2 MB/s`. */
export function formatSpeed(bytesPerSecond: number): string {
  return t('{size}/s', { size: formatBytes(bytesPerSecond) });
}

/** Formats the time left, rounded up: `8 s`, `3 min`, `2 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds <= 59) return t('{count, number} s', { count: Math.max(1, Math.ceil(seconds)) });
  if (seconds <= 59 * 60) return t('{count, number} min', { count: Math.ceil(seconds / 60) });
  return t('{count, number} h', { count: Math.ceil(seconds / 3600) });
}

/** `3.4 MB of 7 MB`: progress in bytes. */
export function formatAmount(bytesDone: number, bytesTotal: number): string {
  return t('{done} of {total}', { done: formatBytes(bytesDone), total: formatBytes(bytesTotal) });
}

/** `61%`. `percent` is whole. */
export function formatPercent(percent: number): string {
  return t('{percent, number}%', { percent });
}

/** `a, b, c`. */
export function listOf(items: readonly string[]): string {
  const [first = '', ...others] = items;
  return others.reduce((list, next) => t('{list}, {next}', { list, next }), first);
}

/** `1 file`, `12 files`. */
export function countFiles(count: number): string {
  return t('{count, plural, one {# file} other {# files}}', { count });
}

/** `1,234,567`. */
export function formatNumber(value: number): string {
  return numbers().format(value);
}

/** `3 Nov 2026, 14:05`: a date and time in the local time zone. */
export function formatMoment(time: Date): string {
  return moments().format(time);
}
