/** A date, with or without a time. */
const DATE = /^\d{4}-\d\d-\d\d(?:[T ].*)?$/;

/** Reads a date, with or without a time, in milliseconds since the epoch; `undefined` for anything else. */
export function readDate(text: string): number | undefined {
  const at = DATE.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? undefined : at;
}
