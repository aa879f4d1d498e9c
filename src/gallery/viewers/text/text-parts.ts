import type { Encoding } from '../../../base/decode-text';
import { detectEncoding, scanUtf8 } from '../../../base/decode-text';
import { createPause } from '../../../base/steps';
import { firstWholeLine, looksBinary } from './encoding';

/** Sizes of the parts of a text, in bytes. */
export interface PartBytes {
  /** Maximum size to read as a whole. */
  readonly whole: number;
  /** Size of the beginning of a longer text. */
  readonly head: number;
  /** Approximate size of its end. */
  readonly tail: number;
  /** Size of each further part. */
  readonly more: number;
}

const MIB = 1024 * 1024;

const PART_BYTES: PartBytes = { whole: MIB, head: MIB / 2, tail: MIB / 8, more: MIB };

/** Loaded parts of a text. Lines have no line terminators. */
export interface LoadedText {
  /** Lines from the beginning. The last one may be incomplete if bytes are missing. */
  readonly head: readonly string[];
  /** Lines from the end. Empty once nothing is missing: `head` has all lines then. */
  readonly tail: readonly string[];
  /** Unread bytes between the two. */
  readonly missingBytes: number;
  readonly encoding: Encoding;
  /** Loaded bytes that are no valid UTF-8, shown as U+FFFD. 0 in other encodings. */
  readonly badBytes: number;
  /** Whether the beginning is probably binary. */
  readonly isBinary: boolean;
}

/** One row on the screen: a line, or the gap in place of the missing bytes. */
type TextRow =
  | {
      readonly kind: 'line';
      readonly text: string;
      /** 1-based; `undefined` after a gap, because the lines in it are not counted. */
      readonly number: number | undefined;
    }
  | { readonly kind: 'gap'; readonly bytes: number };

/** A text of any size, loaded in parts. */
export interface TextParts {
  /** Parts loaded so far. */
  readonly loaded: LoadedText;
  /** Loads the next part after `head`. Loads must not overlap. */
  loadMore(): Promise<LoadedText>;
  /** Loads all that is missing, and lets the page handle input in between. Rejects after an abort. */
  loadAll(signal: AbortSignal): Promise<LoadedText>;
}

/**
 * Loads the beginning and the end of a text.
 *
 * @param chosen Encoding chosen by the user. Default: detected from the beginning.
 * @throws DOMException If the bytes cannot be read.
 */
export async function openText(bytes: Blob, partBytes = PART_BYTES, chosen?: Encoding): Promise<TextParts> {
  const isWhole = bytes.size <= partBytes.whole;
  const headEnd = isWhole ? bytes.size : Math.min(partBytes.head, bytes.size);
  const beginning = await readBytes(bytes, 0, headEnd);
  const encoding = chosen ?? detectEncoding(beginning, isWhole);
  const countBad = (part: Uint8Array, isStart = false): number =>
    encoding === 'utf-8' ? scanUtf8(part, isStart).badBytes : 0;
  const decoder = new TextDecoder(encoding);
  const lines = new LineSplitter();
  const tail = await readTail(bytes, encoding, Math.max(headEnd, bytes.size - partBytes.tail));

  let badBytes = countBad(beginning, true) + countBad(tail.bytes);
  let end = headEnd;
  const firstText = decoder.decode(beginning, { stream: true });
  lines.add(firstText);
  const isBinary = looksBinary(firstText);
  const snapshot = (): LoadedText => {
    const missingBytes = tail.start - end;
    if (missingBytes === 0) lines.add(decoder.decode() + tail.text);
    return {
      head: lines.all(),
      tail: missingBytes === 0 || tail.text === '' ? [] : splitLines(tail.text),
      missingBytes,
      encoding,
      badBytes,
      isBinary,
    };
  };

  const addPart = async (): Promise<void> => {
    const next = Math.min(end + partBytes.more, tail.start);
    const part = await readBytes(bytes, end, next);
    lines.add(decoder.decode(part, { stream: true }));
    badBytes += countBad(part);
    end = next;
  };

  let loaded = snapshot();
  return {
    get loaded() {
      return loaded;
    },
    async loadMore() {
      if (loaded.missingBytes === 0) return loaded;
      await addPart();
      loaded = snapshot();
      return loaded;
    },
    async loadAll(signal) {
      if (loaded.missingBytes === 0) return loaded;
      const pause = createPause(signal);
      while (end < tail.start) {
        await addPart();
        await pause();
      }
      loaded = snapshot();
      return loaded;
    },
  };
}

/** Returns the number of rows. */
export function countRows({ head, tail, missingBytes }: LoadedText): number {
  return head.length + (missingBytes > 0 ? 1 + tail.length : 0);
}

/** Returns the row at a 0-based index, or `undefined` after the last one. */
export function rowAt({ head, tail, missingBytes }: LoadedText, index: number): TextRow | undefined {
  const line = head[index];
  if (line !== undefined) return { kind: 'line', text: line, number: index + 1 };
  if (missingBytes === 0) return undefined;
  if (index === head.length) return { kind: 'gap', bytes: missingBytes };
  const text = tail[index - head.length - 1];
  return text === undefined ? undefined : { kind: 'line', text, number: undefined };
}

/** Returns the length of the longest line, in UTF-16 units. */
export function maxLineLength({ head, tail }: LoadedText): number {
  let longest = 0;
  for (const lines of [head, tail])
    for (const line of lines) if (line.length > longest) longest = line.length;
  return longest;
}

/** Reads the end of a text from the first whole line after `from`, and the offset of that line. */
async function readTail(
  bytes: Blob,
  encoding: Encoding,
  from: number,
): Promise<{ start: number; text: string; bytes: Uint8Array }> {
  const evenFrom = Math.min(bytes.size, from + (from % 2));
  const ending = await readBytes(bytes, evenFrom, bytes.size);
  const skipped = firstWholeLine(ending, encoding);
  const whole = ending.subarray(skipped);
  // A byte order mark is a character here.
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(whole);
  return { start: evenFrom + skipped, text, bytes: whole };
}

async function readBytes(bytes: Blob, start: number, end: number): Promise<Uint8Array> {
  return new Uint8Array(await bytes.slice(start, end).arrayBuffer());
}

/** Splits a text at `\n`, `\r` and `\r\n`. */
function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** Splits a text into lines from pieces with arbitrary boundaries. */
class LineSplitter {
  readonly #ended: string[] = [];
  #open = '';

  add(text: string): void {
    const whole = this.#open + text;
    // A `\n` may follow and belong to the same line end.
    const held = whole.endsWith('\r') ? 1 : 0;
    const pieces = splitLines(whole.slice(0, whole.length - held));
    this.#open = (pieces.pop() ?? '') + '\r'.repeat(held);
    // A long text has too many lines for the arguments of `push(...pieces)`.
    for (const piece of pieces) this.#ended.push(piece);
  }

  /** Returns a new array of all lines so far. */
  all(): string[] {
    return [...this.#ended, ...splitLines(this.#open)];
  }
}
