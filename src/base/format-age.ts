import { perLanguage } from './i18n/language';

const dates = perLanguage((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }));
const ages = perLanguage((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

const MINUTE_MS = 60_000;

/** Number of days told as an age rather than as a date. */
const MAX_AGE_DAYS = 6;

/**
 * Formats a time as an age: `5 minutes ago`, `2 hours ago`, `yesterday`, `Nov 3, 2026`. Days are those of the calendar.
 * The clock of the server can be ahead; such a time is `now`.
 *
 * @param at In milliseconds since the epoch.
 * @param now In milliseconds since the epoch.
 */
export function formatAge(at: number, now: number): string {
  const minutes = Math.floor(Math.max(0, now - at) / MINUTE_MS);
  if (minutes === 0) return ages().format(0, 'second');
  if (minutes < 60) return ages().format(-minutes, 'minute');
  const days = Math.round((midnightOf(now) - midnightOf(at)) / (24 * 60 * MINUTE_MS));
  if (days === 0) return ages().format(-Math.floor(minutes / 60), 'hour');
  return days <= MAX_AGE_DAYS ? ages().format(-days, 'day') : dates().format(at);
}

/** Start of the local day. */
function midnightOf(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
