/**
 * Returns a finder for texts that match a cell, with `*` for any text. It searches all texts at once for the longest
 * piece between two `*`, much faster than checking each text.
 *
 * @returns For a cell: indexes into `texts`, ascending.
 */
export function createWildcardFinder(texts: readonly string[]): (cell: string) => readonly number[] {
  const all = texts.join('\n');
  const starts: number[] = [0];
  for (const text of texts) starts.push((starts.at(-1) ?? 0) + text.length + 1);
  return (cell) => {
    const pieces = cell.split('*');
    const longest = pieces.reduce((a, b) => (b.length > a.length ? b : a));
    const found: number[] = [];
    for (let at = all.indexOf(longest); at >= 0 && at < all.length;) {
      const index = lastAtOrBefore(starts, at);
      if (hasForm(pieces, texts[index] ?? '')) found.push(index);
      at = all.indexOf(longest, starts[index + 1]);
    }
    return found;
  };
}

/**
 * Whether `text` consists of the pieces with any text between them. The first occurrence of a piece is as good as a
 * later one.
 */
function hasForm([first = '', ...pieces]: readonly string[], text: string): boolean {
  const last = pieces.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}

/** Index of the last number at or below `limit` in an ascending list. */
function lastAtOrBefore(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? Infinity) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
