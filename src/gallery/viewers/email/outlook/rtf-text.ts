import { charactersOf } from './byte-characters';
import { decodeText } from './properties';

/** Text of an RTF document. */
export interface RtfText {
  readonly text: string;
  /** Whether the text is HTML that was wrapped in RTF ([MS-OXRTFEX]). */
  readonly isHtml: boolean;
}

/** Groups whose content is no text of the document. Groups that begin with `\*` are none either. */
const SILENT = new Set(
  'fonttbl colortbl stylesheet info pict object header footer headerl headerr footerl footerr listtable'.split(
    ' ',
  ),
);

/** Control words for characters. */
const CHARACTERS: Readonly<Record<string, string>> = {
  ...{ par: '\n', line: '\n', sect: '\n', page: '\n', row: '\n', tab: '\t', cell: '\t' },
  ...{ emdash: '—', endash: '–', bullet: '•', lquote: '‘', rquote: '’', ldblquote: '“', rdblquote: '”' },
};

const SYMBOLS: Readonly<Record<string, string>> = {
  '~': '\u00a0',
  _: '\u2011',
  '\\': '\\',
  '{': '{',
  '}': '}',
  '\n': '\n',
};

/** Groups inside of each other. Deeper ones are read as a part of the last one. */
const MAX_DEPTH = 1_000;

/** State of a group. */
interface Group {
  readonly isSilent: boolean;
  /** Whether its text is only for readers of RTF: `\htmlrtf`. */
  readonly isForRtf: boolean;
  /** Characters to skip after `\u`. */
  readonly fallbackLength: number;
}

const TOP: Group = { isSilent: false, isForRtf: false, fallbackLength: 1 };

const TOKEN = /\\([a-z]+)(-?\d+)? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi;

/** Returns the text of an RTF document, or its HTML if it was made from HTML. Damaged documents have some text. */
export function readRtf(bytes: Uint8Array): RtfText {
  const reader = new RtfReader();
  for (const [, word, value, hex, symbol, brace, text] of charactersOf(bytes).matchAll(TOKEN)) {
    if (word !== undefined) reader.word(word.toLowerCase(), value === undefined ? undefined : Number(value));
    else if (hex !== undefined) reader.add(String.fromCharCode(parseInt(hex, 16)));
    else if (symbol !== undefined) reader.symbol(symbol);
    else if (brace !== undefined) reader.brace(brace);
    else if (text !== undefined) reader.add(text);
  }
  return reader.result();
}

class RtfReader {
  #group = TOP;
  readonly #outer: Group[] = [];
  #text = '';
  /** Bytes that are not decoded yet, as characters. */
  #pending = '';
  #codePage: number | undefined;
  #isHtml = false;
  /** Characters that stand for the last `\u` in readers without Unicode. */
  #skips = 0;
  /** Whether the last token was `\*`. */
  #isOptional = false;

  word(word: string, value: number | undefined): void {
    const isOptional = this.#isOptional;
    this.#isOptional = false;
    if (word === 'htmltag') return;
    if (isOptional || SILENT.has(word)) this.#change({ isSilent: true });
    else if (word === 'ansicpg') this.#codePage = value;
    else if (word === 'fromhtml') this.#isHtml = true;
    else if (word === 'htmlrtf') this.#change({ isForRtf: value !== 0 });
    else if (word === 'uc') this.#change({ fallbackLength: Math.max(0, Math.min(10, value ?? 1)) });
    else if (word === 'u') this.#unicode(value ?? 0);
    else if (Object.hasOwn(CHARACTERS, word)) this.#write(CHARACTERS[word] ?? '');
  }

  symbol(symbol: string): void {
    this.#isOptional = symbol === '*';
    if (Object.hasOwn(SYMBOLS, symbol)) this.#write(SYMBOLS[symbol] ?? '');
  }

  brace(brace: string): void {
    this.#isOptional = false;
    this.#skips = 0;
    if (brace === '{') {
      if (this.#outer.length < MAX_DEPTH) this.#outer.push(this.#group);
    } else this.#group = this.#outer.pop() ?? TOP;
  }

  /** Adds bytes, as characters. */
  add(characters: string): void {
    this.#isOptional = false;
    const skipped = Math.min(this.#skips, characters.length);
    this.#skips -= skipped;
    if (this.#isVisible) this.#pending += characters.slice(skipped);
  }

  result(): RtfText {
    this.#flush();
    return { text: this.#text, isHtml: this.#isHtml };
  }

  get #isVisible(): boolean {
    return !this.#group.isSilent && !this.#group.isForRtf;
  }

  #change(change: Partial<Group>): void {
    this.#group = { ...this.#group, ...change };
  }

  #unicode(value: number): void {
    this.#write(String.fromCharCode(value & 0xffff));
    this.#skips = this.#group.fallbackLength;
  }

  #write(text: string): void {
    if (!this.#isVisible) return;
    this.#flush();
    this.#text += text;
  }

  /** Decodes bytes together: a character can have several. */
  #flush(): void {
    if (this.#pending === '') return;
    const bytes = Uint8Array.from(this.#pending, (character) => character.charCodeAt(0));
    this.#text += decodeText(bytes, this.#codePage);
    this.#pending = '';
  }
}
