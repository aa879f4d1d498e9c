import { QuoteType, Tokenizer } from 'htmlparser2';
import type { TextFile } from './text-file';

/** Between the name and the value of an attribute, with the quote. */
const BEFORE_VALUE = /[\t\n\f\r ]*=[\t\n\f\r ]*["']?/y;

/** Parts of a `srcset`: between addresses, an address, and its width or density. */
const SEPARATORS = /[\t\n\f\r ,]*/y;
const NO_SPACE = /[^\t\n\f\r ]*/y;
const DESCRIPTOR = /[^,]*/y;

/** Attributes with addresses, by element. */
const ATTRIBUTES_OF: ReadonlyMap<string, readonly AddressAttribute[]> = new Map([
  ['a', [{ name: 'href' }]],
  ['audio', [{ name: 'src' }]],
  [
    'img',
    [
      { name: 'src', isPicture: true },
      { name: 'srcset', isPicture: true, isList: true },
    ],
  ],
  ['source', [{ name: 'src' }, { name: 'srcset', isPicture: true, isList: true }]],
  ['video', [{ name: 'src' }, { name: 'poster', isPicture: true }]],
]);

interface AddressAttribute {
  readonly name: string;
  readonly isPicture?: boolean;
  /** Several addresses, each with its width or density. */
  readonly isList?: boolean;
}

/**
 * Returns the files in an HTML text, in its order. Every text is valid. Comments, scripts and styles are ignored.
 *
 * @param offset Added to the offsets of the files.
 */
export function filesInHtml(text: string, offset = 0): readonly TextFile[] {
  const reader = new HtmlReader(text, offset);
  const tokenizer = new Tokenizer({ decodeEntities: true }, reader);
  // Browsers end a comment here, too. The reader keeps the text.
  tokenizer.write(text.replaceAll('--!>', '--->'));
  tokenizer.end();
  return reader.files;
}

interface Attribute {
  readonly name: string;
  value: string;
  readonly start: number;
  end: number;
}

/** Collects files from the tokens of a text. Its method names are those of the tokenizer. */
class HtmlReader {
  readonly files: TextFile[] = [];
  #element = '';
  #attributes: Attribute[] = [];
  #attribute: Attribute | undefined;
  /** Index of the link that has not ended yet, among the files. */
  #openLink: number | undefined;

  constructor(
    private readonly text: string,
    private readonly offset: number,
  ) {}

  onopentagname(start: number, end: number): void {
    this.#element = this.text.slice(start, end).toLowerCase();
    this.#attributes = [];
  }

  onattribname(start: number, end: number): void {
    const name = this.text.slice(start, end).toLowerCase();
    BEFORE_VALUE.lastIndex = end;
    const found = BEFORE_VALUE.exec(this.text);
    this.#attribute = { name, value: '', start: found ? BEFORE_VALUE.lastIndex : end, end };
  }

  onattribdata(start: number, end: number): void {
    this.#add(this.text.slice(start, end));
  }

  onattribentity(codePoint: number): void {
    this.#add(String.fromCodePoint(codePoint));
  }

  #add(part: string): void {
    if (this.#attribute) this.#attribute.value += part;
  }

  onattribend(quote: QuoteType, end: number): void {
    const attribute = this.#attribute;
    this.#attribute = undefined;
    if (!attribute) return;
    // The end is after a closing quote.
    attribute.end = quote === QuoteType.Single || quote === QuoteType.Double ? end - 1 : end;
    // A browser takes the first one of a name.
    if (!this.#attributes.some(({ name }) => name === attribute.name)) this.#attributes.push(attribute);
  }

  onopentagend(): void {
    if (this.#element === 'a') this.#openLink = undefined;
    const found = (ATTRIBUTES_OF.get(this.#element) ?? []).flatMap((kind) => this.#filesOf(kind));
    if (found.length === 0) return;
    if (this.#element === 'a') this.#openLink = this.files.length;
    this.files.push(...found.sort((a, b) => a.start - b.start));
  }

  #filesOf({ name, isPicture = false, isList = false }: AddressAttribute): readonly TextFile[] {
    const attribute = this.#find(name);
    if (!attribute) return [];
    const { value, start, end } = attribute;
    const label = this.#find('alt')?.value ?? '';
    const fileAt = (address: string, from: number, to: number): TextFile => ({
      ...{ address, isPicture, label },
      start: this.offset + from,
      end: this.offset + to,
      syntax: isList ? 'candidate' : 'attribute',
    });
    if (!isList) return value.trim() === '' ? [] : [fileAt(value.trim(), start, end)];
    const quote = /["']/.exec(this.text[start - 1] ?? '')?.[0] ?? '';
    return candidatesIn(this.text.slice(start, end)).map(({ from, to }) =>
      fileAt(decodeValue(this.text.slice(start + from, start + to), quote), start + from, start + to),
    );
  }

  onselfclosingtag(): void {
    this.onopentagend();
  }

  #find(name: string | undefined): Attribute | undefined {
    return this.#attributes.find((attribute) => attribute.name === name);
  }

  onclosetag(start: number, end: number): void {
    if (this.text.slice(start, end).toLowerCase() === 'a') this.#openLink = undefined;
  }

  ontext(start: number, end: number): void {
    this.#addToLink(this.text.slice(start, end));
  }

  ontextentity(codePoint: number): void {
    this.#addToLink(String.fromCodePoint(codePoint));
  }

  #addToLink(part: string): void {
    const link = this.#openLink === undefined ? undefined : this.files[this.#openLink];
    if (link && this.#openLink !== undefined)
      this.files[this.#openLink] = { ...link, label: link.label + part };
  }

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}
}

/** Offsets of the addresses in a `srcset`. Takes time in proportion to its length, also if it is malformed. */
function candidatesIn(value: string): readonly { readonly from: number; readonly to: number }[] {
  const candidates: { readonly from: number; readonly to: number }[] = [];
  const skip = (pattern: RegExp, from: number): number => {
    pattern.lastIndex = from;
    return pattern.test(value) ? pattern.lastIndex : from;
  };
  for (let at = skip(SEPARATORS, 0); at < value.length; at = skip(SEPARATORS, at)) {
    const end = skip(NO_SPACE, at);
    let to = end;
    while (value[to - 1] === ',') to--;
    candidates.push({ from: at, to });
    at = to < end ? end : skip(DESCRIPTOR, end);
  }
  return candidates;
}

/** Decodes the entities in a part of an attribute. */
function decodeValue(raw: string, quote: string): string {
  return filesInHtml(`<img src=${quote}${raw}${quote}>`)[0]?.address ?? raw;
}
