import type { GenericSchema } from 'valibot';
import {
  array,
  boolean,
  finite,
  minValue,
  nonEmpty,
  number,
  object,
  optional,
  picklist,
  pipe,
  safeInteger,
  string,
} from 'valibot';
import type { Problem } from './errors';
import { PROBLEM_KINDS } from './problem-kinds';

/*
 * Schemas for stored and foreign data, written by another version or damaged. Rejecting is safe; guessing is not.
 */

/** Schemas of all members of `T`. */
type MembersOf<T> = { readonly [Name in keyof Required<T>]: GenericSchema<T[Name]> };

/** Schema of an object with the members of `T`. The compiler checks them for completeness and type. */
export function objectOf<T>(members: MembersOf<T>): GenericSchema<T> {
  // Inferred members may be `undefined` as well as missing; no reader tells these apart.
  return object(members) as unknown as GenericSchema<T>;
}

/** Text, may be empty. */
export const textSchema = string();
/** Text, not empty. */
export const nameSchema = pipe(string(), nonEmpty());
/** Integer, 0 or more. */
export const countSchema = pipe(number(), safeInteger(), minValue(0));
/** Integer, 1 or more. */
export const positiveSchema = pipe(number(), safeInteger(), minValue(1));
/** Number other than `NaN` and the infinities. */
export const finiteSchema = pipe(number(), finite());
/** `true` or `false`. */
export const flagSchema = boolean();

/** Error as plain data. */
export const problemSchema = objectOf<Problem>({
  kind: picklist(PROBLEM_KINDS),
  status: optional(finiteSchema),
  isBlocked: optional(flagSchema),
  serverMessage: optional(textSchema),
  serverCode: optional(textSchema),
  typeKey: optional(textSchema),
  activityId: optional(textSchema),
  limitCount: optional(finiteSchema),
  limitBytes: optional(finiteSchema),
  supportedVersion: optional(textSchema),
  brokenRules: optional(array(textSchema)),
  parts: optional(array(finiteSchema)),
  retryAfterMs: optional(finiteSchema),
  range: optional(textSchema),
});
