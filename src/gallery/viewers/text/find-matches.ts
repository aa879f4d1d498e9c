import { escapePattern, MAX_MATCHES } from '../matches';
import { withoutAnsi } from './ansi';
import type { TextFile } from './text-file';

/** Position of a search match. */
export interface Match {
  /** Row, 0-based. */
  readonly row: number;
  /** Offset in the row without its control sequences, in UTF-16 units. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/**
 * Searches a whole text, case-insensitive, and yields the matches so far after each block, always in the same array.
 * Stops at `MAX_MATCHES`. Pieces of an overlong line are searched one by one.
 *
 * @param text A complete text.
 * @param isShown Whether to search a row. Called in row order.
 * @throws DOMException If the bytes cannot be read, or after an abort.
 */
export async function* findMatches(
  text: Pick<TextFile, 'readBlocks'>,
  query: string,
  isShown: (row: number) => boolean,
  signal: AbortSignal,
): AsyncGenerator<readonly Match[], void> {
  const matches: Match[] = [];
  const literal = escapePattern(query);
  const [any, all] = [new RegExp(literal, 'iu'), new RegExp(literal, 'giu')];
  for await (const { firstRow, texts } of text.readBlocks(signal)) {
    const lines = withoutAnsi(texts.join('\n'));
    // A search of the block as a whole is faster, and most blocks have no match.
    if (any.test(lines))
      for (const [index, line] of lines.split('\n').entries()) {
        const row = firstRow + index;
        if (!isShown(row)) continue;
        for (const { index: start, 0: found } of line.matchAll(all)) {
          matches.push({ row, start, end: start + found.length });
          if (matches.length < MAX_MATCHES) continue;
          yield matches;
          return;
        }
      }
    yield matches;
  }
}

/** Returns the index of the first match in or below a row, or `undefined` without one. */
export function firstMatchFrom(matches: readonly Match[], row: number): number | undefined {
  const index = matches.findIndex((match) => match.row >= row);
  return index < 0 ? undefined : index;
}
