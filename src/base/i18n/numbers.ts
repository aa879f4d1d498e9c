import { perLanguage } from './language';

const numbers = perLanguage((locale) => new Intl.NumberFormat(locale));
const moments = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
);

/** `1,234,567`. */
export function formatNumber(value: number): string {
  return numbers().format(value);
}

/** `3 Nov 2026, 14:05`: a date and time in the local time zone. */
export function formatMoment(time: Date): string {
  return moments().format(time);
}
