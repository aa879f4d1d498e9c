/*
 * Validation of stored data: another version may have written it, or it may be damaged.
 */

/** Whether a value is valid. */
export type Check = (value: unknown) => boolean;

/** Validates an object by its members. */
export function shape<T>(members: { readonly [Name in keyof Required<T>]: Check }) {
  return (value: unknown): value is T => {
    if (typeof value !== 'object' || value === null) return false;
    const object = value as Record<keyof T, unknown>;
    return (Object.keys(members) as (keyof T)[]).every((name) => members[name](object[name]));
  };
}

/** Accepts a missing member. */
export const ifThere =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/** A string. */
export const isText = (value: unknown): value is string => typeof value === 'string';
/** A non-empty string. */
export const isName: Check = (value) => isText(value) && value !== '';
/** An array of strings. */
export const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
/** A boolean. */
export const isFlag: Check = (value) => typeof value === 'boolean';
/** An integer from 0. */
export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
/** A finite number. */
export const isNumber: Check = (value) => Number.isFinite(value);
/** One of `values`. */
export const isOneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string);
