import type { CleanUpRules } from '../clean-up/plan-clean-up';
import type { Condition } from '../model/conditions';
import { writeCondition } from '../model/conditions';
import { readPeriod } from '../model/ranges';

/** Rules of a clean-up as the person enters them. */
export interface RuleForm {
  /** Smallest age in months; `date` for files attached before `date`. */
  readonly age: number | 'any' | 'date';
  /** A day such as `2026-01-31`; empty before it is complete. */
  readonly date: string;
  /** Megabytes as typed; empty for any size. */
  readonly largerThan: string;
  readonly isOnClosed: boolean;
  readonly isDuplicate: boolean;
  readonly includesFilesInTexts: boolean;
  /** Extensions; empty for all types. */
  readonly types: ReadonlySet<string>;
  /** Whether only files of the current search are chosen. */
  readonly isInSearch: boolean;
}

/** Form without a rule. */
export const NO_RULES: RuleForm = {
  ...{ age: 'any', date: '', largerThan: '', types: new Set() },
  ...{ isOnClosed: false, isDuplicate: false, includesFilesInTexts: false, isInSearch: true },
};

const BYTES_PER_MB = 1e6;

const NUMBER = /^\d+(?:[.,]\d+)?$/;

/** Whether the size can be read, or is empty. */
export function isSizeValid({ largerThan }: Pick<RuleForm, 'largerThan'>): boolean {
  return largerThan.trim() === '' || NUMBER.test(largerThan.trim());
}

/** Whether the form is complete, with at least one rule. */
export function isComplete(form: RuleForm): boolean {
  if (!isSizeValid(form) || (form.age === 'date' && readPeriod(form.date) === undefined)) return false;
  const { age, largerThan, isOnClosed, isDuplicate, types } = form;
  return age !== 'any' || largerThan.trim() !== '' || isOnClosed || isDuplicate || types.size > 0;
}

/**
 * Returns the rules of a form. Those that are not complete are left out.
 *
 * @param now In milliseconds since the epoch. Ages are whole days of the local time zone.
 */
export function rulesOf(form: RuleForm, now: number): CleanUpRules {
  const { age, date, isOnClosed, isDuplicate, includesFilesInTexts, types } = form;
  const largerThan = isSizeValid(form) ? form.largerThan.trim() : '';
  const addedBefore =
    age === 'date' ? readPeriod(date)?.from : age === 'any' ? undefined : monthsAgo(age, now);
  return {
    ...(addedBefore !== undefined && { addedBefore }),
    ...(largerThan !== '' && {
      largerThan: Math.round(Number(largerThan.replace(',', '.')) * BYTES_PER_MB),
    }),
    ...(isOnClosed && { isOnClosed }),
    ...(isDuplicate && { isDuplicate }),
    ...(includesFilesInTexts && { includesFilesInTexts }),
    ...(types.size > 0 && { types: [...types] }),
  };
}

/** Returns the start of the day `months` ago; of the last day of a shorter month. */
function monthsAgo(months: number, now: number): number {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  const date = day.getDate();
  day.setDate(1);
  day.setMonth(day.getMonth() - months);
  const lastDate = new Date(day.getFullYear(), day.getMonth() + 1, 0).getDate();
  day.setDate(Math.min(date, lastDate));
  return day.getTime();
}

/**
 * Writes the rules as a search.
 *
 * @param frame Search within which files are chosen; empty for all files. It comes last: an open quotation mark in it
 *   would take in what follows.
 */
export function searchOf(rules: CleanUpRules, frame: string): string {
  const { addedBefore, largerThan, isDuplicate, isOnClosed, types = [] } = rules;
  const conditions: readonly (Condition | undefined)[] = [
    addedBefore === undefined ? undefined : conditionOf('before', [dayOf(addedBefore)]),
    largerThan === undefined ? undefined : conditionOf('size', [`>${largerThan}`]),
    isOnClosed ? conditionOf('state', ['closed']) : undefined,
    isDuplicate ? conditionOf('duplicate', ['yes']) : undefined,
    types.length === 0 ? undefined : typeCondition(types),
  ];
  const written = conditions.flatMap((condition) => (condition ? [writeCondition(condition)] : []));
  return [...written, frame.trim()].filter((part) => part !== '').join(' ');
}

function conditionOf(name: Condition['name'], texts: readonly string[]): Condition {
  return { name, isNegated: false, values: texts.map((text) => ({ text, isExact: false })) };
}

function typeCondition(types: readonly string[]): Condition {
  const values = types.map((text) =>
    text === '' ? { text: 'none', isExact: false } : { text, isExact: true },
  );
  return { name: 'type', isNegated: false, values };
}

/** `2026-01-31`, in the local time zone. */
function dayOf(time: number): string {
  const date = new Date(time);
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${String(date.getFullYear()).padStart(4, '0')}-${month}-${day}`;
}
