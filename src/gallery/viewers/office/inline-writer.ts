import type { Budget } from './budget';
import type { Change, Inline, Mark, TextRun } from './nodes';

/** Format of a text to add. */
export type TextFormat = Pick<TextRun, 'marks' | 'href' | 'change' | 'color' | 'highlight'>;

/** Format of plain text. */
const PLAIN: TextFormat = { marks: [], href: undefined, change: undefined };

/** Collects the content of a paragraph. Texts with the same format, which programs split at each edit, become one. */
export class InlineWriter {
  readonly #content: Inline[] = [];
  /** Pieces of the text at the end. */
  #pieces: string[] = [];
  #format = PLAIN;

  constructor(private readonly budget: Budget) {}

  /** Adds text. Line ends in a text are spaces. */
  addText(text: string, format: TextFormat): void {
    if (text === '') return;
    const piece = text.replace(/[\r\n]+/g, ' ');
    const joins = this.#pieces.length > 0 && isSameFormat(format, this.#format);
    if (!(joins ? this.budget.takeText(piece.length) : this.budget.take(piece.length))) return;
    if (!joins) this.#finishText();
    this.#format = format;
    this.#pieces.push(piece);
  }

  /** Adds anything else. */
  add(inline: Exclude<Inline, TextRun>): void {
    this.#finishText();
    if (this.budget.take()) this.#content.push(inline);
  }

  /** Returns the content, and starts a new one. */
  take(): readonly Inline[] {
    this.#finishText();
    return this.#content.splice(0);
  }

  #finishText(): void {
    if (this.#pieces.length === 0) return;
    this.#content.push({ type: 'text', text: this.#pieces.join(''), ...this.#format });
    this.#pieces = [];
  }
}

function isSameFormat(one: TextFormat, other: TextFormat): boolean {
  return (
    one.href === other.href &&
    one.color === other.color &&
    one.highlight === other.highlight &&
    isSameChange(one.change, other.change) &&
    one.marks.length === other.marks.length &&
    one.marks.every((mark, index) => mark === other.marks[index])
  );
}

function isSameChange(one: Change | undefined, other: Change | undefined): boolean {
  return one?.kind === other?.kind && one?.author === other?.author;
}

const ORDER: readonly Mark[] = ['strong', 'em', 'u', 's', 'sup', 'sub'];

/** Returns the marks that are on, in a fixed order. */
export function marksOf(isOn: (mark: Mark) => boolean): readonly Mark[] {
  return ORDER.filter(isOn);
}
