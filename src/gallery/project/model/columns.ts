/** Texts in one string: it takes less memory than a string each, and is searched and stored at once. */
export interface Texts {
  /** Each text ends with a line feed. */
  readonly text: string;
  /** End of each text, after its line feed. */
  readonly ends: Uint32Array;
}

/** Values of which many are equal, such as states. */
export interface Words {
  /** Distinct values. */
  readonly values: readonly string[];
  /** Index of the value of each row. */
  readonly indexes: Uint32Array;
}

/** Joins texts. */
export function packTexts(texts: readonly string[]): Texts {
  const ends = new Uint32Array(texts.length);
  let end = 0;
  for (const [index, text] of texts.entries()) ends[index] = end += text.length + 1;
  return { text: texts.length > 0 ? `${texts.join('\n')}\n` : '', ends };
}

/** Returns one of the texts. */
export function textAt({ text, ends }: Texts, index: number): string {
  const start = index > 0 ? (ends[index - 1] ?? 0) : 0;
  return text.slice(start, Math.max(start, (ends[index] ?? start) - 1));
}

/** Finds equal values. */
export function packWords(words: readonly string[]): Words {
  const known = new Map<string, number>();
  const indexes = new Uint32Array(words.length);
  for (const [row, word] of words.entries()) {
    const index = known.get(word) ?? known.size;
    known.set(word, index);
    indexes[row] = index;
  }
  return { values: [...known.keys()], indexes };
}

/** Returns the value of a row. */
export function wordAt({ values, indexes }: Words, row: number): string {
  return values[indexes[row] ?? 0] ?? '';
}

/** Folds a text for comparison: case and the ways to write a letter make no difference. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Whether a value is an array of numbers of this length, also one of another window. */
export function isNumbers(
  type: 'Uint8Array' | 'Uint32Array' | 'Float64Array',
  value: unknown,
  count?: number,
): value is Uint32Array {
  if (Object.prototype.toString.call(value) !== `[object ${type}]`) return false;
  return count === undefined || (value as Uint32Array).length === count;
}

/** Whether stored data are texts of this number of rows. */
export function areTexts(value: unknown, count: number): boolean {
  const { text, ends } = (value ?? {}) as Partial<Texts>;
  const isSound = typeof text === 'string' && isNumbers('Uint32Array', ends, count);
  return isSound && (ends.at(-1) ?? 0) === text.length;
}

/** Whether stored data are words of this number of rows. */
export function areWords(value: unknown, count: number): boolean {
  const { values, indexes } = (value ?? {}) as Partial<Words>;
  return (
    Array.isArray(values) &&
    values.every((word) => typeof word === 'string') &&
    isNumbers('Uint32Array', indexes, count) &&
    indexes.every((index) => index < values.length)
  );
}
