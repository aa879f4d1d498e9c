import { Parser } from 'htmlparser2';

/** Elements with lines of their own. */
const BLOCKS = new Set(
  (
    'address article aside blockquote center dd div dl dt fieldset figure footer form h1 ' +
    'h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'
  ).split(' '),
);

/** Elements without visible text. */
const INVISIBLE = new Set(['head', 'noscript', 'script', 'style', 'template', 'title']);

/** Styles of text that mail programs hide: previews for lists of mails, texts for other programs. */
const HIDING = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/i;

const PREFORMATTED = /(?:^|;)\s*white-space\s*:\s*(?:pre|break-spaces)/i;

/** Schemes of links whose target is shown. */
const SHOWN_TARGET = /^(?:https?|mailto):/i;

/**
 * Returns the text of an HTML document. It is not parsed by the browser, whose tree of a small document can have
 * millions of elements, and which is missing in workers. So no script runs and no resource loads.
 */
export function textOfHtml(html: string): string {
  const reader = new TextReader();
  const parser = new Parser({
    onopentag: (name, attributes) => reader.open(name, attributes),
    ontext: (text) => reader.add(text),
    onclosetag: () => reader.close(),
  });
  parser.end(html);
  return reader.text();
}

/** A link whose target may be shown. */
interface Link {
  readonly href: string;
  /** Its text so far. */
  text: string;
}

/** An open element. */
interface OpenElement {
  readonly name: string;
  readonly isHidden: boolean;
  readonly isPreformatted: boolean;
  /** The link, or the one around the element. */
  readonly link: Link | undefined;
  /** Number of cells so far. */
  cells: number;
  /** A line end at the start of preformatted text is not shown. */
  isStart: boolean;
}

/** Follows the elements of a document and writes their text. */
class TextReader {
  readonly #writer = new Writer();
  readonly #open: OpenElement[] = [];
  #current: OpenElement = {
    ...{ name: '', isHidden: false, isPreformatted: false, link: undefined, cells: 0, isStart: false },
  };

  open(name: string, { style = '', hidden, href = '' }: Readonly<Record<string, string>>): void {
    const outer = this.#current;
    const keepsSpace = name === 'pre' || name === 'textarea';
    const target = href.trim();
    this.#open.push(outer);
    this.#current = {
      name,
      isHidden: outer.isHidden || INVISIBLE.has(name) || hidden !== undefined || HIDING.test(style),
      isPreformatted: outer.isPreformatted || keepsSpace || PREFORMATTED.test(style),
      link: name === 'a' && SHOWN_TARGET.test(target) ? { href: target, text: '' } : outer.link,
      cells: 0,
      isStart: keepsSpace,
    };
    if (this.#current.isHidden) return;
    if (name === 'br') this.#writer.breakLine();
    if (BLOCKS.has(name)) this.#writer.startBlock();
    if ((name === 'td' || name === 'th') && outer.cells++ > 0) this.#writer.startCell();
  }

  add(text: string): void {
    const { isHidden, isPreformatted, isStart, link } = this.#current;
    if (isHidden) return;
    this.#writer.add(isStart ? text.replace(/^\n/, '') : text, isPreformatted);
    this.#current.isStart = false;
    if (link) link.text += text;
  }

  close(): void {
    const { name, isHidden, link } = this.#current;
    const outer = this.#open.pop();
    if (!outer) return;
    this.#current = outer;
    if (isHidden) return;
    if (link && link !== outer.link && needsTarget(link)) this.#writer.add(` <${link.href}>`, false);
    if (BLOCKS.has(name)) this.#writer.startBlock();
  }

  text(): string {
    return this.#writer.text();
  }
}

/** Whether the text of a link does not show its target. */
function needsTarget({ href, text }: Link): boolean {
  const shown = text.trim();
  if (shown === '') return false;
  const bare = (address: string): string =>
    address.replace(/^(?:https?:\/\/|mailto:)/i, '').replace(/\/$/, '');
  return bare(href).toLowerCase() !== bare(shown).toLowerCase();
}

/** Collects text as lines: blocks begin on a new line, with at most one empty line between them. */
class Writer {
  readonly #lines: string[] = [];
  #line = '';
  /** Whether white space waits for the next word. */
  #hasSpace = false;

  add(text: string, isPreformatted: boolean): void {
    if (isPreformatted) {
      const [first = '', ...others] = text.replace(/\r\n?/g, '\n').split('\n');
      this.#line += first;
      for (const line of others) {
        this.breakLine();
        this.#line = line;
      }
      return;
    }
    for (const word of text.split(/([ \t\n\r\f]+)/)) {
      if (/^[ \t\n\r\f]/.test(word)) this.#hasSpace = true;
      else if (word !== '') {
        if (this.#hasSpace && this.#line !== '' && !this.#line.endsWith('\t')) this.#line += ' ';
        this.#line += word;
        this.#hasSpace = false;
      }
    }
  }

  breakLine(): void {
    this.#lines.push(this.#line);
    this.#line = '';
    this.#hasSpace = false;
  }

  startBlock(): void {
    if (this.#line !== '') this.breakLine();
    this.#hasSpace = false;
  }

  startCell(): void {
    this.#line += '\t';
    this.#hasSpace = false;
  }

  text(): string {
    const lines = [...this.#lines, this.#line].map((line) => line.trimEnd());
    return lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .replace(/^\n+|\n+$/g, '');
  }
}
