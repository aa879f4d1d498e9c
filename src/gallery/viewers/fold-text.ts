import { escapePattern } from './matches';

/** Text for comparisons that ignore case and accents. */
export interface FoldedText {
  readonly text: string;
  /** Returns the position of a part of `text` in the original. */
  readonly locate: (start: number, end: number) => readonly [start: number, end: number];
}

const IS_ASCII = /^[\x00-\x7f]*$/;

/** Accents of Latin, Greek and Cyrillic letters, and soft hyphens. Marks of other scripts make other letters. */
const IGNORED = /[\u0300-\u036f\u00ad]/g;

/** Folds a text: lower case, without accents, ligatures as single letters. */
export function foldText(original: string): FoldedText {
  if (IS_ASCII.test(original)) return { text: original.toLowerCase(), locate: (start, end) => [start, end] };
  let text = '';
  /** For each unit of the folded text, the start and the end of its character in the original. */
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of original) {
    const folded = foldCharacter(character);
    for (let unit = 0; unit < folded.length; unit++) {
      starts.push(at);
      ends.push(at + character.length);
    }
    text += folded;
    at += character.length;
  }
  return { text, locate: (start, end) => [starts[start] ?? at, ends[end - 1] ?? at] };
}

function foldCharacter(character: string): string {
  if (character <= '\x7f') return character.toLowerCase();
  return character.normalize('NFKD').replace(IGNORED, '').normalize('NFC').toLowerCase();
}

/** Returns a pattern that finds a query in folded texts. A space of the query also matches line ends. */
export function foldedPattern(query: string): RegExp {
  return new RegExp(
    escapePattern(foldText(query).text)
      // Not at each space of a long row of spaces.
      .replace(/^\s+/, '(?<!\\s)\\s+')
      .replace(/\s+/g, '\\s+'),
    'gu',
  );
}
