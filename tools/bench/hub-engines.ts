import MiniSearch from 'minisearch';
import type { ItemEntry } from '../../src/gallery/project/model/item-entry';

/** Full-text engine: finds the rows with all words. */
export interface WordEngine {
  readonly find: (words: readonly string[]) => number;
}

interface Row {
  readonly id: number;
  readonly name: string;
  readonly comment: string;
  readonly title: string;
}

function rowsOf(items: readonly ItemEntry[]): readonly Row[] {
  let id = 0;
  return items.flatMap(({ title, files }) =>
    files.map(({ name, comment }) => ({ id: id++, name, comment, title })),
  );
}

/** MiniSearch with prefixes. It finds words by their beginning only. */
export function createMiniSearch(items: readonly ItemEntry[]): WordEngine {
  const index = new MiniSearch<Row>({
    fields: ['name', 'comment', 'title'],
    searchOptions: { prefix: true, combineWith: 'AND' },
  });
  index.addAll(rowsOf(items));
  return { find: (words) => index.search(words.join(' ')).length };
}

/** Postings of trigrams in one typed array; the rows found are compared with the texts. */
export function createTrigrams(items: readonly ItemEntry[]): WordEngine {
  const texts = rowsOf(items).map(({ name, comment, title }) =>
    `${name}\t${comment}\t${title}`.toLowerCase(),
  );
  const keyAt = (text: string, at: number): number =>
    (text.charCodeAt(at) & 127) |
    ((text.charCodeAt(at + 1) & 127) << 7) |
    ((text.charCodeAt(at + 2) & 127) << 14);
  const starts = new Uint32Array(2 ** 21 + 1);
  const seen = new Int32Array(2 ** 21).fill(-1);

  function forEachKey(call: (key: number, row: number) => void): void {
    seen.fill(-1);
    for (const [row, text] of texts.entries())
      for (let at = 0; at + 2 < text.length; at++) {
        const key = keyAt(text, at);
        if (seen[key] === row) continue;
        seen[key] = row;
        call(key, row);
      }
  }

  forEachKey((key) => void (starts[key + 1]! += 1));
  for (let key = 0; key < 2 ** 21; key++) starts[key + 1]! += starts[key]!;
  const next = starts.slice();
  const postings = new Uint32Array(starts[2 ** 21]!);
  forEachKey((key, row) => (postings[next[key]!++] = row));

  /** Rows to compare: those of the rarest trigram; all for a word of one or two letters. */
  function candidatesFor(words: readonly string[]): Uint32Array | undefined {
    let best: Uint32Array | undefined;
    for (const word of words)
      for (let at = 0; at + 2 < word.length; at++) {
        const key = keyAt(word, at);
        const list = postings.subarray(starts[key], starts[key + 1]);
        if (!best || list.length < best.length) best = list;
      }
    return best;
  }

  return {
    find(words) {
      const rows = candidatesFor(words);
      let found = 0;
      const check = (row: number): void => {
        const text = texts[row]!;
        if (words.every((word) => text.includes(word))) found++;
      };
      if (rows) rows.forEach(check);
      else for (let row = 0; row < texts.length; row++) check(row);
      return found;
    },
  };
}
