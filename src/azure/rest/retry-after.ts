/**
 * Parses `Retry-After`, a number of seconds or a date (RFC 9110, 10.2.3), into milliseconds. Returns `undefined` for
 * zero and for anything else.
 *
 * @param now Milliseconds since the epoch.
 */
export function readRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const seconds = value.trim() === '' ? NaN : Number(value);
  const delayMs = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * 1000;
  return delayMs > 0 && Number.isFinite(delayMs) ? delayMs : undefined;
}
