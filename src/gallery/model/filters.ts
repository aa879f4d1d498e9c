import type { AttachedFile } from './attached-file';
import { currentLanguage } from '../../base/i18n/language';
import type { FileKind } from '../../base/file-kind';

/** Filters of a file list. A file must match all of them. */
export interface Filters {
  /** Empty for all kinds. */
  readonly kinds: ReadonlySet<FileKind>;
  /** Display names of authors; empty for all people. */
  readonly people: ReadonlySet<string>;
  /** `undefined` for any date. */
  readonly period: Period | undefined;
  /** Words in the name, the folder, the comment or the author, case-insensitive; empty for all files. */
  readonly text: string;
}

export const NO_FILTERS: Filters = { kinds: new Set(), people: new Set(), period: undefined, text: '' };

/** Span of time, in milliseconds since the epoch. */
export interface Period {
  readonly name: 'today' | 'week' | 'month' | 'older';
  readonly from: number;
  /** Exclusive. */
  readonly until: number;
}

/** Days of a period, including today. */
const DAYS = { week: 7, month: 30 } as const;

/**
 * Returns the periods to choose from. They begin at midnight, local time.
 *
 * @param now In milliseconds since the epoch.
 */
export function periodsAt(now: number): readonly Period[] {
  const midnight = (daysAgo: number): number => {
    const day = new Date(now);
    // Days are not always 24 hours long.
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysAgo).getTime();
  };
  const month = midnight(DAYS.month - 1);
  return [
    { name: 'today', from: midnight(0), until: Infinity },
    { name: 'week', from: midnight(DAYS.week - 1), until: Infinity },
    { name: 'month', from: month, until: Infinity },
    { name: 'older', from: -Infinity, until: month },
  ];
}

/** Whether any filter is set, the text included. */
export function isFiltered({ kinds, people, period, text }: Filters): boolean {
  return kinds.size > 0 || people.size > 0 || period !== undefined || text.trim() !== '';
}

/** Returns a check for these filters. */
export function matcherOf({ kinds, people, period, text }: Filters): (file: AttachedFile) => boolean {
  const words = fold(text).split(/\s+/).filter(Boolean);
  return (file) =>
    (kinds.size === 0 || kinds.has(file.kind)) &&
    (people.size === 0 || people.has(file.addedBy)) &&
    (!period || isIn(period, file)) &&
    hasWords(file, words);
}

/** Whether a file was attached in a period. False for an unknown date. */
export function isIn({ from, until }: Period, { addedAt }: AttachedFile): boolean {
  return addedAt >= from && addedAt < until;
}

/** Counts files by a value. Chosen values count even without a file, so that a choice can always be undone. */
export function countBy<T>(
  files: readonly AttachedFile[],
  valueOf: (file: AttachedFile) => T,
  chosen: ReadonlySet<T>,
): ReadonlyMap<T, number> {
  const counts = new Map<T, number>([...chosen].map((value) => [value, 0]));
  for (const file of files) counts.set(valueOf(file), (counts.get(valueOf(file)) ?? 0) + 1);
  return counts;
}

/** Returns a set with `value` added, or removed if it was there. */
export function toggled<T>(values: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const after = new Set(values);
  if (!after.delete(value)) after.add(value);
  return after;
}

function hasWords({ name, folder, comment, addedBy }: AttachedFile, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const searched = fold([name, folder, comment, addedBy].join('\n'));
  return words.every((word) => searched.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFC').toLocaleLowerCase(currentLanguage().locale);
}
