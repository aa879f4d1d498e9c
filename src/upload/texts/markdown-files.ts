import { parse, postprocess, preprocess } from 'micromark';
import { gfm } from 'micromark-extension-gfm';
import { decodeString } from 'micromark-util-decode-string';
import { normalizeIdentifier } from 'micromark-util-normalize-identifier';
import { filesInHtml } from './html-files';
import type { TextFile } from './text-file';

const BYTE_ORDER_MARK = '\uFEFF';

/** Size of a picture, ` =300x200`: an extension of Azure DevOps, which no other parser knows. */
const PICTURE_SIZE = /(?<=\s)=\d*x\d*(?=\s*\))/gi;

/**
 * Returns the files in a Markdown text, in its order: of pictures, links, definitions in use, and HTML. Every text is
 * valid. Addresses in code are ignored.
 */
export function filesInMarkdown(text: string): readonly TextFile[] {
  const offset = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  const source = text.slice(offset).replace(PICTURE_SIZE, ({ length }) => ' '.repeat(length));
  const reader = new MarkdownReader(source, offset);
  for (const [step, token] of eventsOf(source)) reader[step](token);
  return reader.finish();
}

type Event = ReturnType<typeof postprocess>[number];
type Token = Event[1];

function eventsOf(source: string): readonly Event[] {
  const document = parse({ extensions: [gfm()] }).document();
  return postprocess(document.write(preprocess()(source, undefined, true)));
}

/** A picture or link that has not ended yet. */
interface Open {
  readonly isPicture: boolean;
  label: string;
  /** Label of the definition, as written; empty for the text itself. */
  reference: string;
  hasAddress: boolean;
}

/** Collects files from the tokens of a text. */
class MarkdownReader {
  readonly #files: TextFile[] = [];
  readonly #open: Open[] = [];
  /** Files of definitions, by identifier. The first one of an identifier counts. */
  readonly #definitions = new Map<string, TextFile>();
  /** Pictures and links by the identifiers that they refer to. */
  readonly #references = new Map<string, Open>();
  #identifier = '';
  /** Lines of the HTML that has not ended yet, without the `>` of a quote. */
  #html: Token[] = [];

  constructor(
    private readonly source: string,
    private readonly offset: number,
  ) {}

  enter({ type }: Token): void {
    if (type === 'image' || type === 'link')
      this.#open.push({ isPicture: type === 'image', label: '', reference: '', hasAddress: false });
    else if (type === 'htmlText' || type === 'htmlFlow') this.#html = [];
  }

  exit(token: Token): void {
    const open = this.#open.at(-1);
    // Types of extensions are unknown to the compiler.
    switch (token.type as string) {
      case 'labelText':
        if (open) open.label = this.#textOf(token);
        return;
      case 'referenceString':
        if (open) open.reference = this.#textOf(token);
        return;
      case 'resourceDestinationString':
        if (!open) return;
        open.hasAddress = true;
        this.#files.push(this.#fileAt(token, 'destination', open));
        return;
      case 'image':
      case 'link':
        this.#close(this.#open.pop());
        return;
      case 'definitionLabelString':
        this.#identifier = normalizeIdentifier(this.#textOf(token));
        return;
      case 'definitionDestinationString':
        if (!this.#definitions.has(this.#identifier))
          this.#definitions.set(this.#identifier, this.#fileAt(token, 'destination'));
        return;
      case 'autolinkProtocol':
      case 'literalAutolinkHttp':
        this.#files.push(this.#fileAt(token, 'autolink', { isPicture: false, label: this.#textOf(token) }));
        return;
      case 'htmlTextData':
      case 'htmlFlowData':
        this.#html.push(token);
        return;
      case 'htmlText':
      case 'htmlFlow':
        this.#files.push(...filesInHtml(this.#htmlOf(token), this.offset + token.start.offset));
        return;
    }
  }

  /** Files in the order of the text. */
  finish(): readonly TextFile[] {
    for (const [identifier, file] of this.#definitions) {
      const reference = this.#references.get(identifier);
      if (reference)
        this.#files.push({ ...file, isPicture: reference.isPicture, label: decodeString(reference.label) });
    }
    return this.#files.sort((a, b) => a.start - b.start);
  }

  #close(closed: Open | undefined): void {
    if (!closed || closed.hasAddress) return;
    const identifier = normalizeIdentifier(closed.reference || closed.label);
    // A picture in any place makes it one.
    if (closed.isPicture || !this.#references.has(identifier)) this.#references.set(identifier, closed);
  }

  #fileAt(
    token: Token,
    syntax: 'destination' | 'autolink',
    { isPicture, label }: Pick<Open, 'isPicture' | 'label'> = { isPicture: false, label: '' },
  ): TextFile {
    const raw = this.#textOf(token);
    return {
      address: syntax === 'destination' ? decodeString(raw) : raw,
      ...{ isPicture, label: decodeString(label), syntax },
      start: this.offset + token.start.offset,
      end: this.offset + token.end.offset,
    };
  }

  /** Text of HTML, with spaces in place of everything else, so that offsets stay. */
  #htmlOf({ start, end }: Token): string {
    let text = '';
    for (const line of this.#html) text = text.padEnd(line.start.offset - start.offset) + this.#textOf(line);
    return text.padEnd(end.offset - start.offset);
  }

  #textOf({ start, end }: Token): string {
    return this.source.slice(start.offset, end.offset);
  }
}
