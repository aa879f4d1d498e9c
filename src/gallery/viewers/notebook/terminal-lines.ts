/** Number of characters for each line of the same limit. */
const CHARACTERS_PER_LINE = 25;

/** Beginning of a text. */
export interface TextStart {
  /** Lines without their ends. */
  readonly lines: readonly string[];
  /** Number of characters after them, in UTF-16 units. */
  readonly missing: number;
}

/**
 * Returns the first lines of a text. A text of short lines ends sooner: each line is an element.
 *
 * @param limit Maximum length, in UTF-16 units.
 */
export function firstLines(text: string, limit: number): TextStart {
  const lines: string[] = [];
  let start = 0;
  for (let left = limit / CHARACTERS_PER_LINE; left > 0 && start < text.length && start < limit; left--) {
    const end = text.indexOf('\n', start);
    const isLast = end < 0;
    const stop = isLast ? text.length : end;
    if (stop > limit && lines.length > 0) break;
    const cut = Math.min(stop, limit);
    lines.push(text.slice(start, cut));
    start = cut < stop || isLast ? cut : stop + 1;
    if (cut < stop) break;
  }
  return { lines, missing: text.length - start };
}

/** Returns the text as a terminal shows it: a carriage return writes over its line, as progress bars do. */
export function asInTerminal(text: string): string {
  return text.replace(/\r+\n/g, '\n').replace(/[^\n]*\r(?=[^\n])/g, '');
}
