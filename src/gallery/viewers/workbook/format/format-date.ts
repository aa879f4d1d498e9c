import type { FormatToken, Section } from './parse-format';

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const DAY_SECONDS = 86_400;

/** 9999-12-31. */
const MAX_DAY = 2_958_465;

/** Days between the systems that start in 1900 and in 1904. */
const DAYS_TO_1904 = 1_462;

/** Decimals of a second in Excel. */
const MAX_DECIMALS = 3;

/** A moment of a calendar. */
interface Moment {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  /** From 0, Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Decimals of the second. */
  readonly decimals: string;
  /** Seconds since the start of the calendar. */
  readonly total: number;
}

/**
 * Formats a date or time.
 *
 * @param serial Days since the start of the calendar.
 * @param is1904 Whether the calendar starts in 1904.
 * @returns `undefined` for a date that Excel does not have.
 */
export function formatDate(serial: number, is1904: boolean, { tokens }: Section): string | undefined {
  const decimals = tokens.reduce(
    (most, token) =>
      token.type === 'decimals' ? Math.max(most, Math.min(token.length, MAX_DECIMALS)) : most,
    0,
  );
  const moment = momentOf(serial, is1904, decimals);
  if (!moment) return undefined;
  const hasHalves = tokens.some(({ type }) => type === 'half-day');
  return tokens
    .map((token) => formatToken(token, moment, hasHalves))
    .join('')
    .trim();
}

function momentOf(serial: number, is1904: boolean, decimals: number): Moment | undefined {
  const scale = 10 ** decimals;
  const dayLength = DAY_SECONDS * scale;
  // Seconds are rounded, larger units are not: 23:59:59.7 is the next day.
  const all = Math.round(serial * dayLength);
  const days = Math.floor(all / dayLength);
  const day = days + (is1904 ? DAYS_TO_1904 : 0);
  if (!(serial >= 0 && day <= MAX_DAY)) return undefined;
  const inDay = all - days * dayLength;
  const seconds = Math.floor(inDay / scale);
  return {
    ...calendarDay(day),
    weekday: (day + 6) % 7,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    decimals: String(inDay % scale).padStart(decimals, '0'),
    total: Math.floor(all / scale),
  };
}

/** Excel has a day 0 of 1900 and, as Lotus 1-2-3 before it, February 29 of 1900. */
function calendarDay(day: number): Pick<Moment, 'year' | 'month' | 'day'> {
  if (day === 0) return { year: 1900, month: 1, day: 0 };
  if (day === 60) return { year: 1900, month: 2, day: 29 };
  const date = new Date(Date.UTC(1899, 11, 31) + (day > 60 ? day - 1 : day) * DAY_SECONDS * 1000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function formatToken(token: FormatToken, moment: Moment, hasHalves: boolean): string {
  switch (token.type) {
    case 'literal':
      return token.text;
    case 'pad':
      return ' ';
    case 'half-day':
      return token.texts[moment.hour < 12 ? 0 : 1] ?? '';
    case 'decimals':
      return `.${moment.decimals.padEnd(token.length, '0').slice(0, token.length)}`;
    case 'elapsed': {
      const unit = { h: 3600, n: 60, s: 1 }[token.unit as 'h' | 'n' | 's'];
      return pad(Math.floor(moment.total / unit), token.length);
    }
    case 'date':
      return formatUnit(token, moment, hasHalves);
    default:
      return '';
  }
}

function formatUnit(
  { unit, length }: Extract<FormatToken, { type: 'date' }>,
  { year, month, day, weekday, hour, minute, second }: Moment,
  hasHalves: boolean,
): string {
  switch (unit) {
    case 'y':
      return length <= 2 ? pad(year % 100, 2) : String(year);
    case 'm':
      return length <= 2 ? pad(month, length) : named(MONTHS[month - 1] ?? '', length);
    case 'd':
      return length <= 2 ? pad(day, length) : named(WEEKDAYS[weekday] ?? '', length);
    case 'h':
      return pad(hasHalves ? ((hour + 11) % 12) + 1 : hour, Math.min(length, 2));
    case 'n':
      return pad(minute, Math.min(length, 2));
    case 's':
      return pad(second, Math.min(length, 2));
  }
}

/** `Mar`, `March` or `M`. */
function named(name: string, length: number): string {
  if (length === 3) return name.slice(0, 3);
  return length === 5 ? name.slice(0, 1) : name;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
