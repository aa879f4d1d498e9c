/** Largest sort key. */
export const MAX_KEY = 2 ** 32 - 1;

/** Rows that fit beside a key of 32 bits into a number. */
const MAX_PACKED_ROWS = 2 ** 21;

/**
 * Returns row numbers by ascending key; rows with equal keys keep their order.
 *
 * @param keys Whole numbers from 0 to `MAX_KEY`, one per row. Larger ones count as equal.
 */
export function orderOf(keys: Float64Array): Uint32Array {
  const { length } = keys;
  const order = new Uint32Array(length);
  if (length > MAX_PACKED_ROWS) {
    for (let row = 0; row < length; row++) order[row] = row;
    return order.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
  }
  // Numbers alone are sorted without a call for each comparison.
  const packed = new Float64Array(length);
  for (let row = 0; row < length; row++)
    packed[row] = Math.min(keys[row] ?? 0, MAX_KEY) * MAX_PACKED_ROWS + row;
  packed.sort();
  for (let at = 0; at < length; at++) order[at] = (packed[at] ?? 0) % MAX_PACKED_ROWS;
  return order;
}

/** Returns the rank of each text, from 0; equal texts, and texts that differ in case only, have equal ranks. */
export function ranksOf(texts: readonly string[], compare: (a: string, b: string) => number): Float64Array {
  const distinct = [...new Set(texts)].sort(compare);
  const ranks = new Map<string, number>();
  let rank = -1;
  let last: string | undefined;
  for (const text of distinct) {
    if (last === undefined || compare(last, text) !== 0) rank++;
    ranks.set(text, rank);
    last = text;
  }
  return Float64Array.from(texts, (text) => ranks.get(text) ?? 0);
}
