import type { Encoding } from './encoding';
import { detectEncoding, firstWholeLine, looksBinary } from './encoding';

/** How much of a text is read at once, in bytes. */
export interface PartBytes {
  /** A text of up to so many is read as a whole. */
  readonly whole: number;
  /** Of a longer one, so many from its beginning… */
  readonly head: number;
  /** …and about so many from its end. */
  readonly tail: number;
  /** So many more each time that more is asked for. */
  readonly more: number;
}

const MIB = 1024 * 1024;

const PART_BYTES: PartBytes = { whole: MIB, head: MIB / 2, tail: MIB / 8, more: MIB };

/** What has been read of a text. Lines are without their ends. */
export interface LoadedText {
  /** The lines from the beginning. The last of them goes on behind it where something is missing. */
  readonly head: readonly string[];
  /** The lines from the end; none as soon as nothing is missing, since all are in `head` then. */
  readonly tail: readonly string[];
  /** Bytes between the two that have not been read. */
  readonly missingBytes: number;
  readonly encoding: Encoding;
  /** Whether the beginning is likely no text. */
  readonly isBinary: boolean;
}

/** A text that is read in parts, so that one of any size can be looked at. */
export interface TextParts {
  /** What has been read so far. */
  readonly loaded: LoadedText;
  /** Reads the next part behind `head`. Never called while another call is under way. */
  loadMore(): Promise<LoadedText>;
}

/**
 * Reads the beginning and the end of a text.
 *
 * @throws DOMException where the bytes cannot be read.
 */
export async function openText(bytes: Blob, partBytes = PART_BYTES): Promise<TextParts> {
  const isWhole = bytes.size <= partBytes.whole;
  const headEnd = isWhole ? bytes.size : Math.min(partBytes.head, bytes.size);
  const beginning = await readBytes(bytes, 0, headEnd);
  const encoding = detectEncoding(beginning, isWhole);
  const decoder = new TextDecoder(encoding);
  const lines = new LineSplitter();
  const tail = await readTail(bytes, encoding, Math.max(headEnd, bytes.size - partBytes.tail));

  let end = headEnd;
  const firstText = decoder.decode(beginning, { stream: true });
  lines.add(firstText);
  const isBinary = looksBinary(firstText);
  const take = (): LoadedText => {
    const missingBytes = tail.start - end;
    if (missingBytes === 0) lines.add(decoder.decode() + tail.text);
    return {
      head: lines.all(),
      tail: missingBytes === 0 || tail.text === '' ? [] : splitLines(tail.text),
      missingBytes,
      encoding,
      isBinary,
    };
  };

  let loaded = take();
  return {
    get loaded() {
      return loaded;
    },
    async loadMore() {
      if (loaded.missingBytes === 0) return loaded;
      const next = Math.min(end + partBytes.more, tail.start);
      lines.add(decoder.decode(await readBytes(bytes, end, next), { stream: true }));
      end = next;
      loaded = take();
      return loaded;
    },
  };
}

/** The end of a text from its first whole line behind `from`, and where that begins. */
async function readTail(
  bytes: Blob,
  encoding: Encoding,
  from: number,
): Promise<{ start: number; text: string }> {
  const evenFrom = Math.min(bytes.size, from + (from % 2));
  const ending = await readBytes(bytes, evenFrom, bytes.size);
  const skipped = firstWholeLine(ending, encoding);
  // What looks like a byte order mark here is a character.
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(ending.subarray(skipped));
  return { start: evenFrom + skipped, text };
}

async function readBytes(bytes: Blob, start: number, end: number): Promise<Uint8Array> {
  return new Uint8Array(await bytes.slice(start, end).arrayBuffer());
}

/** Splits a text at its line ends, of which `\r\n` is one. */
function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** The lines of a text that arrives in pieces, which may end anywhere. */
class LineSplitter {
  readonly #ended: string[] = [];
  #open = '';

  add(text: string): void {
    const whole = this.#open + text;
    // A `\n` that makes one line end of it may follow.
    const held = whole.endsWith('\r') ? 1 : 0;
    const pieces = splitLines(whole.slice(0, whole.length - held));
    this.#open = (pieces.pop() ?? '') + '\r'.repeat(held);
    // Not by `push(...pieces)`, which fails with as many arguments as a long text has lines.
    for (const piece of pieces) this.#ended.push(piece);
  }

  /** All lines so far, in an array of their own. */
  all(): string[] {
    return [...this.#ended, ...splitLines(this.#open)];
  }
}
