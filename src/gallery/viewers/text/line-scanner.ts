import type { Encoding } from '../../../base/decode-text';

/** Consecutive rows of a text. A row is a line, or a piece of an overlong line. */
export interface Block {
  /** Offset of the first byte. */
  readonly start: number;
  /** Index of the first row. */
  readonly firstRow: number;
  /** Number of the line of the first row, from 1. */
  readonly firstNumber: number;
  /** Whether the first row continues the line of the previous block. */
  readonly isContinued: boolean;
}

/** Sizes of blocks and rows, in bytes. */
export interface ScanLimits {
  /** Size of a block. A block ends with the first row beyond it. */
  readonly block: number;
  /** Maximum size of a row. At least 8. */
  readonly row: number;
}

const LIMITS: ScanLimits = { block: 64 * 1024, row: 1024 * 1024 };

const LF = 0x0a;
const CR = 0x0d;

/**
 * Finds the rows of a text in its bytes, from parts with arbitrary boundaries. It keeps the start of each block only, so
 * that the memory does not grow with the number of lines.
 *
 * Line ends are `\n`, `\r` and `\r\n`. In all supported encodings but UTF-16, their bytes are part of no other character.
 */
export class LineScanner {
  readonly #unitBytes: 1 | 2;
  readonly #blocks: Block[] = [{ start: 0, firstRow: 0, firstNumber: 1, isContinued: false }];
  /** Offset behind the last scanned byte. */
  #offset = 0;
  #rowStart = 0;
  /** Rows that have ended. */
  #endedRows = 0;
  /** Lines that have ended. */
  #endedLines = 0;
  #longestRow = 0;
  /** A `\r` at the end of the last part. A `\n` may follow and belong to it. */
  #isAfterCr = false;
  /** Byte at the end of the last part: the first half of a unit of UTF-16. */
  #half: number | undefined;

  constructor(
    private readonly encoding: Encoding,
    private readonly limits = LIMITS,
  ) {
    this.#unitBytes = encoding.startsWith('utf-16') ? 2 : 1;
  }

  /** Blocks so far. The last one may still grow. */
  get blocks(): readonly Block[] {
    return this.#blocks;
  }

  /** Rows so far, including the last one without its end. */
  get rowCount(): number {
    return this.#endedRows + 1;
  }

  /** Size of the longest row so far, in bytes. */
  get longestRow(): number {
    return Math.max(this.#longestRow, this.#offset - this.#rowStart);
  }

  /** Scans the next part of the text. */
  add(part: Uint8Array): void {
    const bytes = this.#withHalf(part);
    const from = this.#offset;
    const { encoding, limits } = this;
    const unitBytes = this.#unitBytes;
    let isAfterCr = this.#isAfterCr;
    let longRowAt = this.#rowStart + limits.row - from;
    for (let at = 0; at < bytes.length; at += unitBytes) {
      const unit = unitAt(bytes, at, encoding);
      // Almost all of them.
      if (unit > CR && !isAfterCr && at < longRowAt) continue;
      const isLf = unit === LF;
      if (isAfterCr || isLf) this.#endLine(from + at + (isLf ? unitBytes : 0));
      else if (at >= longRowAt) this.#cutRow(unit, from + at);
      isAfterCr = unit === CR;
      longRowAt = this.#rowStart + limits.row - from;
    }
    this.#isAfterCr = isAfterCr;
    this.#offset = from + bytes.length;
  }

  /** Ends the text after its last part. */
  end(): void {
    if (this.#isAfterCr) this.#endLine(this.#offset);
    this.#isAfterCr = false;
  }

  /** Returns whole units, and keeps half of one at the end for the next part. */
  #withHalf(part: Uint8Array): Uint8Array {
    if (this.#unitBytes === 1) return part;
    const half = this.#half;
    let bytes = part;
    if (half !== undefined) {
      bytes = new Uint8Array(part.length + 1);
      bytes[0] = half;
      bytes.set(part, 1);
    }
    const isOdd = bytes.length % 2 > 0;
    this.#half = isOdd ? bytes.at(-1) : undefined;
    return isOdd ? bytes.subarray(0, -1) : bytes;
  }

  #endLine(end: number): void {
    this.#endedLines++;
    this.#endRow(end);
    const { start = 0 } = this.#blocks.at(-1) ?? {};
    if (end - start >= this.limits.block) this.#startBlock(false);
  }

  /** Cuts an overlong row before a whole character. A legacy encoding of two bytes can show a bad one here. */
  #cutRow(unit: number, at: number): void {
    const isInside = this.encoding === 'utf-8' ? (unit & 0xc0) === 0x80 : (unit & 0xfc00) === 0xdc00;
    // A character has at most 4 bytes.
    if (isInside && at - this.#rowStart < this.limits.row + 4) return;
    this.#endRow(at);
    this.#startBlock(true);
  }

  #endRow(end: number): void {
    this.#endedRows++;
    this.#longestRow = Math.max(this.#longestRow, end - this.#rowStart);
    this.#rowStart = end;
  }

  #startBlock(isContinued: boolean): void {
    this.#blocks.push({
      start: this.#rowStart,
      firstRow: this.#endedRows,
      firstNumber: this.#endedLines + 1,
      isContinued,
    });
  }
}

/** Returns a byte, or two of them in UTF-16. */
function unitAt(bytes: Uint8Array, at: number, encoding: Encoding): number {
  const first = bytes[at] ?? 0;
  if (encoding === 'utf-16le') return first | ((bytes[at + 1] ?? 0) << 8);
  return encoding === 'utf-16be' ? (first << 8) | (bytes[at + 1] ?? 0) : first;
}
