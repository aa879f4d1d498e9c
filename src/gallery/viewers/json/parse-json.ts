/**
 * A JSON value. Unlike the result of `JSON.parse`, it keeps the digits of numbers, the order of members, and duplicate
 * members.
 */
export type JsonNode =
  | { readonly kind: 'object'; readonly members: readonly (readonly [key: string, value: JsonNode])[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  /** Source text of a number, `true`, `false` or `null`. */
  | { readonly kind: 'literal'; readonly raw: string };

/** Parsed value, or the position of the first error: line and column, 1-based. */
export type JsonResult =
  | { readonly ok: true; readonly node: JsonNode }
  | { readonly ok: false; readonly line: number; readonly column: number };

/** Maximum nesting depth, well within the browser's stack. */
const MAX_DEPTH = 500;

const SPACE = /[ \t\n\r]*/y;
const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Parses a JSON text (RFC 8259). Never throws. */
export function parseJson(text: string): JsonResult {
  const parser = new Parser(text);
  try {
    return { ok: true, node: parser.parse() };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const before = text.slice(0, error.offset).split('\n');
    return { ok: false, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }
}

/** Internal to this module. */
class JsonSyntaxError extends Error {
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
    if (this.#offset < this.text.length) throw new JsonSyntaxError(this.#offset);
    return node;
  }

  /** Parses a value and the whitespace before it. */
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
        const raw = this.#match(LITERAL);
        if (raw === '') throw new JsonSyntaxError(this.#offset);
        return { kind: 'literal', raw };
      }
    }
  }

  #member(depth: number): readonly [string, JsonNode] {
    this.#match(SPACE);
    const key = this.#string();
    this.#match(SPACE);
    this.#expect(':');
    return [key, this.#value(depth + 1)];
  }

  #list<T>(end: string, depth: number, next: () => T): T[] {
    if (depth > MAX_DEPTH) throw new JsonSyntaxError(this.#offset);
    this.#offset++;
    const items: T[] = [];
    this.#match(SPACE);
    while (this.text[this.#offset] !== end) {
      if (items.length > 0) this.#expect(',');
      items.push(next());
      this.#match(SPACE);
    }
    this.#offset++;
    return items;
  }

  #string(): string {
    const start = this.#offset;
    this.#expect('"');
    while (this.#offset < this.text.length && this.text[this.#offset] !== '"')
      this.#offset += this.text[this.#offset] === '\\' ? 2 : 1;
    const raw = this.text.slice(start, ++this.#offset);
    try {
      return JSON.parse(raw) as string;
    } catch {
      throw new JsonSyntaxError(start);
    }
  }

  #expect(character: string): void {
    if (this.text[this.#offset] !== character) throw new JsonSyntaxError(this.#offset);
    this.#offset++;
  }

  /** Consumes and returns the match of a sticky pattern at the current offset; possibly empty. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.#offset += found.length;
    return found;
  }
}
