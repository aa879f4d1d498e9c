import { queryNotUnderstood, timeNotAllowed } from './query-refusals';
import type { WorkItem } from './work-item';

/** Operators of numbers and dates. */
export const comparisons = ['=', '<>', '<', '<=', '>', '>='] as const;

/** One of `comparisons`. */
export type Comparison = (typeof comparisons)[number];

/** Whether dates of a query are days or times. */
export type Precision = 'day' | 'time';

const dayLength = 'yyyy-mm-dd'.length;

/** Whether a comparison of two numbers holds. */
export function compare(value: number, comparison: Comparison, wanted: number): boolean {
  switch (comparison) {
    case '=':
      return value === wanted;
    case '<>':
      return value !== wanted;
    case '<':
      return value < wanted;
    case '<=':
      return value <= wanted;
    case '>':
      return value > wanted;
    case '>=':
      return value >= wanted;
  }
}

/**
 * Condition on a date in ISO format; throws the refusal of another, and of a time if days are compared. Assumed: days
 * are those of UTC.
 */
export function dateCondition(
  name: string,
  comparison: Comparison,
  text: string,
  { precision }: { readonly precision: Precision },
): (item: WorkItem) => boolean {
  const isDay = text.length === dayLength;
  const wanted = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(wanted)) throw queryNotUnderstood('a date', text);
  if (!isDay && precision === 'day') throw timeNotAllowed(`[${name}] ${comparison} '${text}'`);
  return ({ fields }) => {
    const date = fields[name];
    if (typeof date !== 'string') return false;
    const value = Date.parse(precision === 'day' ? date.slice(0, dayLength) : date);
    return compare(value, comparison, wanted);
  };
}
