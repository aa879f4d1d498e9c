import { QuoteType, Tokenizer } from 'htmlparser2';
import type { TextFile } from './text-file';

/** Between the name and the value of an attribute, with the quote. */
const BEFORE_VALUE = /[\t\n\f\r ]*=[\t\n\f\r ]*["']?/y;

/** Attribute with the address, by element. */
const ADDRESS_OF: Readonly<Record<string, string>> = {
  a: 'href',
  audio: 'src',
  img: 'src',
  source: 'src',
  video: 'src',
};

/**
 * Returns the files in an HTML text, in its order. Every text is valid. Comments, scripts and styles are ignored.
 *
 * @param offset Added to the offsets of the files.
 */
export function filesInHtml(text: string, offset = 0): readonly TextFile[] {
  const reader = new HtmlReader(text, offset);
  const tokenizer = new Tokenizer({ decodeEntities: true }, reader);
  tokenizer.write(text);
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
    const address = this.#find(ADDRESS_OF[this.#element]);
    if (this.#element === 'a') this.#openLink = undefined;
    if (!address || address.value.trim() === '') return;
    if (this.#element === 'a') this.#openLink = this.files.length;
    this.files.push({
      address: address.value.trim(),
      isPicture: this.#element === 'img',
      label: this.#find('alt')?.value ?? '',
      start: this.offset + address.start,
      end: this.offset + address.end,
      syntax: 'attribute',
    });
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
