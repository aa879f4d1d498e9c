/** Kind of a JSON value. A literal is a number, `true`, `false` or `null`. */
export type JsonKind = 'object' | 'array' | 'string' | 'literal';

/** Parsed values, or the position of the first error: line and column, 1-based. */
export type JsonResult =
  | { readonly ok: true; readonly values: JsonValues }
  | { readonly ok: false; readonly line: number; readonly column: number };

/** Row of the outermost value. */
export const ROOT = 0;

/** Values between two steps. They take about a millisecond. */
const VALUES_PER_STEP = 2_000;

const SPACES = ' \t\n\r';
const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** `keyStart` of a value without a key. */
const NO_KEY = -1;

/**
 * The values of a JSON text, as rows in text order. A row takes a few bytes, while an object per value would take
 * seconds and hundreds of megabytes for a large text. Unlike the result of `JSON.parse`, the rows keep the digits of
 * numbers, the order of members, and duplicate members.
 */
export class JsonValues {
  /** Offsets of the values in the text, by row. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #keyStarts: number[] = [];
  /** By row, the row after the value and its descendants. */
  readonly #nextRows: number[] = [];

  constructor(private readonly text: string) {}

  /** Adds a value after all others. Returns its row. */
  add(start: number, keyStart: number): number {
    this.#keyStarts.push(keyStart);
    this.#ends.push(start);
    this.#nextRows.push(0);
    return this.#starts.push(start) - 1;
  }

  /** Ends a value after its last descendant has been added. */
  end(row: number, end: number): void {
    this.#ends[row] = end;
    this.#nextRows[row] = this.#starts.length;
  }

  kindOf(row: number): JsonKind {
    switch (this.text[this.#starts[row] ?? 0]) {
      case '{':
        return 'object';
      case '[':
        return 'array';
      case '"':
        return 'string';
      default:
        return 'literal';
    }
  }

  /** Returns the rows of the members of an object, or of the items of an array. */
  childrenOf(row: number): readonly number[] {
    const children: number[] = [];
    const end = this.#nextRows[row] ?? 0;
    for (let child = row + 1; child < end; child = this.#nextRows[child] ?? end) children.push(child);
    return children;
  }

  /** Returns the key of a member, or `undefined` for other values. */
  keyOf(row: number): string | undefined {
    const start = this.#keyStarts[row] ?? NO_KEY;
    return start === NO_KEY
      ? undefined
      : (JSON.parse(this.text.slice(start, endOfString(this.text, start))) as string);
  }

  /** Returns the source text of a value. */
  sourceOf(row: number): string {
    return this.text.slice(this.#starts[row], this.#ends[row]);
  }
}

/** Parses a JSON text (RFC 8259) of any depth. Yields after about a millisecond. Never throws. */
export function* parseJson(text: string): Generator<void, JsonResult> {
  const parser = new Parser(text);
  try {
    while (parser.readValue()) if (parser.count % VALUES_PER_STEP === 0) yield;
    return { ok: true, values: parser.values };
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

/** Parser without recursion: the stack of the browser does not limit the depth. */
class Parser {
  readonly values: JsonValues;
  /** Number of values so far. */
  count = 0;
  #offset = 0;
  #keyStart = NO_KEY;
  /** Rows of the objects and arrays that have not ended. */
  readonly #open: number[] = [];

  constructor(private readonly text: string) {
    this.values = new JsonValues(text);
  }

  /**
   * Reads a value, or the start of one with descendants, and what follows up to the next value.
   *
   * @returns Whether there is a next value.
   */
  readValue(): boolean {
    this.#skipSpaces();
    this.count++;
    const row = this.values.add(this.#offset, this.#keyStart);
    const first = this.text[this.#offset];
    if (first === '{' || first === '[') {
      this.#offset++;
      this.#skipSpaces();
      this.#open.push(row);
      if (this.text[this.#offset] !== closingOf(first)) {
        this.#readKey(first === '{');
        return true;
      }
    } else {
      if (first === '"') this.#readString();
      else this.#readLiteral();
      this.values.end(row, this.#offset);
    }
    return this.#readEnds();
  }

  /** Reads the ends of objects and arrays, and a comma. */
  #readEnds(): boolean {
    this.#skipSpaces();
    for (let row = this.#open.at(-1); row !== undefined; row = this.#open.at(-1)) {
      const isObject = this.values.kindOf(row) === 'object';
      if (this.text[this.#offset] === ',') {
        this.#offset++;
        this.#readKey(isObject);
        return true;
      }
      this.#expect(isObject ? '}' : ']');
      this.values.end(row, this.#offset);
      this.#open.pop();
      this.#skipSpaces();
    }
    if (this.#offset < this.text.length) throw new JsonSyntaxError(this.#offset);
    return false;
  }

  #readKey(isMember: boolean): void {
    this.#keyStart = NO_KEY;
    if (!isMember) return;
    this.#skipSpaces();
    this.#keyStart = this.#offset;
    this.#readString();
    this.#skipSpaces();
    this.#expect(':');
  }

  #readString(): void {
    const start = this.#offset;
    if (this.text[start] !== '"') throw new JsonSyntaxError(start);
    this.#offset = endOfString(this.text, start);
    try {
      JSON.parse(this.text.slice(start, this.#offset));
    } catch {
      throw new JsonSyntaxError(start);
    }
  }

  #expect(character: string): void {
    if (this.text[this.#offset] !== character) throw new JsonSyntaxError(this.#offset);
    this.#offset++;
  }

  #readLiteral(): void {
    LITERAL.lastIndex = this.#offset;
    if (!LITERAL.test(this.text)) throw new JsonSyntaxError(this.#offset);
    this.#offset = LITERAL.lastIndex;
  }

  #skipSpaces(): void {
    while (this.#offset < this.text.length && SPACES.includes(this.text.charAt(this.#offset))) this.#offset++;
  }
}

function closingOf(opening: '{' | '['): string {
  return opening === '{' ? '}' : ']';
}

/** Returns the offset after the string that starts at `start`. */
function endOfString(text: string, start: number): number {
  let offset = start + 1;
  while (offset < text.length && text[offset] !== '"') offset += text[offset] === '\\' ? 2 : 1;
  return offset + 1;
}
