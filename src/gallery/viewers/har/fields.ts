import type { CutText } from '../results/test-results';

/** Returns a string or number as a text of limited length, in UTF-16 units, and an empty text for any other value. */
export function textOf(value: unknown, maxLength: number): string {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

/** As `textOf`, with the length of the part that is left out. */
export function cutTextOf(value: unknown, maxLength: number): CutText {
  const text = typeof value === 'string' ? value : textOf(value, maxLength);
  return { text: text.slice(0, maxLength), missing: Math.max(0, text.length - maxLength) };
}

/** Returns a number that is finite and not negative. HAR writes -1 for unknown. */
export function amountOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Parses JSON. Returns `undefined` if it is not valid, or nested too deep for the browser. */
export function parseOrSkip(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
