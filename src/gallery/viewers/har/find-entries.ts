/** Range of bytes, without its end. */
export type ByteRange = readonly [start: number, end: number];

/** An entry of a HAR file. */
export interface FoundEntry {
  readonly range: ByteRange;
  /** Contents of strings inside that are long, such as bodies, without their quotes. */
  readonly longStrings: readonly ByteRange[];
}

/** Entries of a HAR file. */
export interface FoundEntries {
  /** First entries. */
  readonly entries: readonly FoundEntry[];
  /** Number of all entries. */
  readonly total: number;
  /** Whether the text ends, or is no JSON any more, within the entries. */
  readonly isCut: boolean;
  /** Objects `creator` and `browser`. */
  readonly programs: readonly ByteRange[];
}

/** Bytes between two steps. They take about a millisecond. */
const BYTES_PER_STEP = 512 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Minimum length of a long string, in bytes. */
const LONG_BYTES = 4096;

/** Members of a log with its programs. */
const PROGRAMS: readonly string[] = ['"creator"', '"browser"'];

/** Maximum length of a key that is compared, in bytes with quotes. */
const MAX_KEY_BYTES = 64;

/** Thrown at the end of the text, or at a byte that is no JSON. */
class NoJson extends Error {}

/**
 * Finds the entries of a HAR file without parsing them: a file of 100 MB would become objects of several times that
 * size. Yields after about a millisecond.
 *
 * @param text In UTF-8.
 * @returns `undefined` if there is no array `entries` in an object `log`.
 */
export function* findEntries(
  text: Uint8Array,
  maxEntries: number,
): Generator<void, FoundEntries | undefined> {
  const cursor = new Cursor(text);
  const entries: FoundEntry[] = [];
  const programs: ByteRange[] = [];
  let total: number | undefined;
  try {
    for (let key = cursor.firstKey(); key !== undefined; key = cursor.nextKey()) {
      if (key !== '"log"') {
        yield* cursor.skipValue();
        continue;
      }
      for (let part = cursor.firstKey(); part !== undefined; part = cursor.nextKey())
        if (part === '"entries"' && total === undefined) {
          let hasItem = cursor.firstItem();
          for (total = 0; hasItem; hasItem = cursor.nextItem()) {
            const range = yield* cursor.skipValue();
            if (total++ < maxEntries) entries.push({ range, longStrings: cursor.longStrings });
          }
        } else {
          const range = yield* cursor.skipValue();
          if (PROGRAMS.includes(part) && programs.length < PROGRAMS.length) programs.push(range);
        }
      break;
    }
  } catch (error) {
    if (!(error instanceof NoJson)) throw error;
    return total === undefined ? undefined : { entries, total, isCut: true, programs };
  }
  return total === undefined ? undefined : { entries, total, isCut: false, programs };
}

/** Position in a JSON text. It reads the structure only; the values are checked by their parser. */
class Cursor {
  /** Long strings in the last value that was skipped. */
  longStrings: readonly ByteRange[] = [];
  #at = 0;

  constructor(private readonly text: Uint8Array) {
    // Byte order mark.
    if (text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf) this.#at = 3;
  }

  /** Enters an object. Returns its first key with quotes, or `undefined` if it is empty. */
  firstKey(): string | undefined {
    this.#expect(OPEN);
    return this.#skipIf(CLOSE) ? undefined : this.#readKey();
  }

  /** Returns the next key of an object, or leaves the object. */
  nextKey(): string | undefined {
    if (this.#skipIf(CLOSE)) return undefined;
    this.#expect(COMMA);
    return this.#readKey();
  }

  /** Enters an array. Returns whether it has items. */
  firstItem(): boolean {
    this.#expect(OPEN_LIST);
    return !this.#skipIf(CLOSE_LIST);
  }

  /** Goes to the next item of an array, or leaves the array. Returns whether there is an item. */
  nextItem(): boolean {
    if (this.#skipIf(CLOSE_LIST)) return false;
    this.#expect(COMMA);
    return true;
  }

  /** Skips a value of any depth. Returns its range. */
  *skipValue(): Generator<void, ByteRange> {
    this.#skipSpaces();
    const { text } = this;
    const start = this.#at;
    let pauseAt = start + BYTES_PER_STEP;
    let depth = 0;
    let isInString = false;
    let stringStart = 0;
    const longStrings: ByteRange[] = [];
    this.longStrings = longStrings;
    for (let at = start; at < text.length; at++) {
      if (at >= pauseAt) {
        pauseAt = at + BYTES_PER_STEP;
        yield;
      }
      const byte = text[at];
      if (isInString) {
        if (byte === BACKSLASH) at++;
        else if (byte === QUOTE) {
          isInString = false;
          if (at - stringStart >= LONG_BYTES) longStrings.push([stringStart, at]);
        }
      } else if (byte === QUOTE) {
        isInString = true;
        stringStart = at + 1;
      } else if (byte === OPEN || byte === OPEN_LIST) depth++;
      else if (byte === CLOSE || byte === CLOSE_LIST) depth--;
      if (isInString || depth > 0) continue;
      // Strings, objects and arrays end with their last byte; a literal ends before a comma or a bracket.
      const isLiteral = depth < 0 || byte === COMMA;
      if (isLiteral && at === start) throw new NoJson();
      if (isLiteral || byte === QUOTE || byte === CLOSE || byte === CLOSE_LIST) {
        this.#at = isLiteral ? at : at + 1;
        return [start, this.#at];
      }
    }
    throw new NoJson();
  }

  #readKey(): string {
    this.#skipSpaces();
    const start = this.#at;
    this.#expect(QUOTE);
    while (this.#at < this.text.length && this.text[this.#at] !== QUOTE)
      this.#at += this.text[this.#at] === BACKSLASH ? 2 : 1;
    this.#expect(QUOTE);
    const key = new TextDecoder().decode(
      this.text.subarray(start, Math.min(this.#at, start + MAX_KEY_BYTES)),
    );
    this.#expect(COLON);
    return key;
  }

  #expect(byte: number): void {
    if (!this.#skipIf(byte)) throw new NoJson();
  }

  /** Skips spaces, and the byte if it follows. Returns whether it does. */
  #skipIf(byte: number): boolean {
    this.#skipSpaces();
    if (this.#at >= this.text.length) throw new NoJson();
    if (this.text[this.#at] !== byte) return false;
    this.#at++;
    return true;
  }

  #skipSpaces(): void {
    while (this.#at < this.text.length && (this.text[this.#at] ?? 0) <= 0x20) this.#at++;
  }
}
