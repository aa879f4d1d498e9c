/**
 * A value of a JSON text. Unlike what `JSON.parse` makes of it, a number keeps its digits, and members their order and
 * their doubles.
 */
export type JsonNode =
  | { readonly kind: 'object'; readonly members: readonly (readonly [key: string, value: JsonNode])[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  /** A number, `true`, `false` or `null`, as it is written. */
  | { readonly kind: 'literal'; readonly written: string };

/** What a text is as JSON, or where it stops being so: line and column, 1-based. */
export type JsonReading =
  | { readonly ok: true; readonly node: JsonNode }
  | { readonly ok: false; readonly line: number; readonly column: number };

/** Values within values. The stack of the browser ends somewhere beyond. */
const DEEPEST = 500;

const SPACE = /[ \t\n\r]*/y;
const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Reads a JSON text (RFC 8259). Nothing is thrown. */
export function parseJson(text: string): JsonReading {
  const parser = new Parser(text);
  try {
    return { ok: true, node: parser.parse() };
  } catch (error) {
    if (!(error instanceof NoJson)) throw error;
    const before = text.slice(0, error.offset).split('\n');
    return { ok: false, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }
}

/** Never leaves this file. */
class NoJson extends Error {
  constructor(readonly offset: number) {
    super('Not JSON');
  }
}

class Parser {
  #offset = 0;

  constructor(private readonly text: string) {}

  parse(): JsonNode {
    const node = this.#value(0);
    this.#match(SPACE);
    if (this.#offset < this.text.length) throw new NoJson(this.#offset);
    return node;
  }

  /** A value with the space before it. */
  #value(depth: number): JsonNode {
    this.#match(SPACE);
    switch (this.text[this.#offset]) {
      case '{':
        return { kind: 'object', members: this.#list('}', depth, () => this.#member(depth)) };
      case '[':
        return { kind: 'array', items: this.#list(']', depth, () => this.#value(depth + 1)) };
      case '"':
        return { kind: 'string', value: this.#string() };
      default: {
        const written = this.#match(LITERAL);
        if (written === '') throw new NoJson(this.#offset);
        return { kind: 'literal', written };
      }
    }
  }

  #member(depth: number): readonly [string, JsonNode] {
    this.#match(SPACE);
    const key = this.#string();
    this.#match(SPACE);
    this.#take(':');
    return [key, this.#value(depth + 1)];
  }

  #list<T>(end: string, depth: number, next: () => T): T[] {
    if (depth > DEEPEST) throw new NoJson(this.#offset);
    this.#offset++;
    const parts: T[] = [];
    this.#match(SPACE);
    while (this.text[this.#offset] !== end) {
      if (parts.length > 0) this.#take(',');
      parts.push(next());
      this.#match(SPACE);
    }
    this.#offset++;
    return parts;
  }

  #string(): string {
    const start = this.#offset;
    this.#take('"');
    while (this.#offset < this.text.length && this.text[this.#offset] !== '"')
      this.#offset += this.text[this.#offset] === '\\' ? 2 : 1;
    const written = this.text.slice(start, ++this.#offset);
    try {
      return JSON.parse(written) as string;
    } catch {
      throw new NoJson(start);
    }
  }

  #take(character: string): void {
    if (this.text[this.#offset] !== character) throw new NoJson(this.#offset);
    this.#offset++;
  }

  /** What stands here of a pattern that may be empty; goes behind it. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.#offset += found.length;
    return found;
  }
}
