/*
 * Checks for what was written by another version, or damaged: nothing in it is guessed.
 */

/** Whether a value is what it should be. */
export type Check = (value: unknown) => boolean;

/** Checks an object member by member. */
export function shape<T>(members: { readonly [Name in keyof Required<T>]: Check }) {
  return (value: unknown): value is T => {
    if (typeof value !== 'object' || value === null) return false;
    const object = value as Record<keyof T, unknown>;
    return (Object.keys(members) as (keyof T)[]).every((name) => members[name](object[name]));
  };
}

/** For a member that may be missing. */
export const ifThere =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/** Any text. */
export const isText = (value: unknown): value is string => typeof value === 'string';
/** A text that is not empty. */
export const isName: Check = (value) => isText(value) && value !== '';
/** A list of texts. */
export const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
/** `true` or `false`. */
export const isFlag: Check = (value) => typeof value === 'boolean';
/** A whole number, 0 or more. */
export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
/** A finite number. */
export const isNumber: Check = (value) => Number.isFinite(value);
/** One of some texts. */
export const isOneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string);
