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

/** Nesting of elements beyond any mail. Deeper ones are read without their formatting. */
const MAX_DEPTH = 200;

/** Returns the text of an HTML document. It is parsed without a window: no script runs and no resource loads. */
export function textOfHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const writer = new Writer();
  write(body, writer, false, 0);
  return writer.text();
}

function write(node: Node, writer: Writer, isPreformatted: boolean, depth: number): void {
  if (!(node instanceof Element)) {
    if (node.nodeType === Node.TEXT_NODE) writer.add(node.nodeValue ?? '', isPreformatted);
    return;
  }
  const name = node.localName;
  const style = node.getAttribute('style') ?? '';
  if (INVISIBLE.has(name) || node.hasAttribute('hidden') || HIDING.test(style)) return;
  if (name === 'br') {
    writer.breakLine();
    return;
  }
  if (depth > MAX_DEPTH) {
    writer.add(node.textContent, isPreformatted);
    return;
  }
  const isBlock = BLOCKS.has(name);
  if (isBlock) writer.startBlock();
  if ((name === 'td' || name === 'th') && node.previousElementSibling) writer.startCell();
  const keepsSpace = isPreformatted || name === 'pre' || name === 'textarea' || PREFORMATTED.test(style);
  for (const child of node.childNodes) write(child, writer, keepsSpace, depth + 1);
  const target = name === 'a' ? targetOf(node) : undefined;
  if (target !== undefined) writer.add(` <${target}>`, false);
  if (isBlock) writer.startBlock();
}

/** Address of a link whose text does not show it. */
function targetOf(link: Element): string | undefined {
  const href = link.getAttribute('href')?.trim() ?? '';
  const shown = link.textContent.trim();
  if (!/^(?:https?|mailto):/i.test(href) || shown === '') return undefined;
  const bare = (address: string): string =>
    address.replace(/^(?:https?:\/\/|mailto:)/i, '').replace(/\/$/, '');
  return bare(href).toLowerCase() === bare(shown).toLowerCase() ? undefined : href;
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
      if (word.trim() === '' && word !== '') this.#hasSpace = true;
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
