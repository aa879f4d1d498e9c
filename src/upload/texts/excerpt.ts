import { Parser } from 'htmlparser2';
import type { LongText } from '../../azure/rest/long-texts';
import type { TextFile } from './text-file';

/** Words around a file in a text, without markup. Empty at the beginning or end of the text. */
export interface Excerpt {
  readonly before: string;
  readonly after: string;
}

/** Source to read on each side, in UTF-16 units: markup takes most of it. */
const MAX_SOURCE = 1_000;

/** Maximum number of characters on each side. */
const MAX_WORDS = 60;

/** Markup between the words and an address, before and after it. */
const MARKUP: Readonly<Record<TextFile['syntax'], readonly [RegExp, RegExp]>> = {
  attribute: [/<[^<>]*$/, /^[^>]*>/],
  candidate: [/<[^<>]*$/, /^[^>]*>/],
  destination: [/!?\[[^[\]]*\]\(?<?$/, /^[^)\n]*\)/],
  autolink: [/<$/, /^>/],
};

/** End of a tag that begins before the source. */
const PARTIAL_TAG = /^[^<>]*>/;

const PICTURES = /!\[[^\]]*\]\([^)\n]*\)/g;

/** Returns the words around a file, to show a person its place in the text. */
export function wordsAround({ text, format }: LongText, { start, end, syntax }: TextFile): Excerpt {
  const [markupBefore, markupAfter] = MARKUP[syntax];
  const wordsOf = (source: string): string =>
    wordsIn(format === 'html' ? source : source.replace(PICTURES, ''));
  const before = text.slice(Math.max(0, start - MAX_SOURCE), start).replace(PARTIAL_TAG, '');
  const after = text.slice(end, end + MAX_SOURCE);
  return shortened(wordsOf(before.replace(markupBefore, '')), wordsOf(after.replace(markupAfter, '')));
}

/** Returns the text of HTML. Markdown may have tags as well. An incomplete tag at the end is left out. */
function wordsIn(source: string): string {
  const parts: string[] = [];
  const parser = new Parser({ ontext: (text) => parts.push(text), onopentagname: () => parts.push(' ') });
  parser.write(source);
  parser.end();
  return parts.join('').replace(/\s+/g, ' ').trim();
}

function shortened(before: string, after: string): Excerpt {
  return {
    before: before.length > MAX_WORDS ? `…${before.slice(-MAX_WORDS)}` : before,
    after: after.length > MAX_WORDS ? `${after.slice(0, MAX_WORDS)}…` : after,
  };
}
