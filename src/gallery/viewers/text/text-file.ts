import { firstIndexWhere } from '../../../base/bisect';
import type { Encoding } from '../../../base/decode-text';
import { scanUtf8 } from '../../../base/decode-text';
import { createPause } from '../../../base/steps';
import { readBeginning, splitLines } from './beginning';
import type { Block, ScanLimits } from './line-scanner';
import { LineScanner } from './line-scanner';

/** Maximum size to read before the first lines are shown, in bytes. */
const BEGINNING_BYTES = 1024 * 1024;

/** Size of a part to scan without a pause, in bytes. */
const PART_BYTES = 1024 * 1024;

/** Blocks that are kept in memory: more than the rows on a screen can be in. */
const MAX_CACHED_BLOCKS = 128;

/** One row of a text: a line, or a piece of an overlong line. */
export interface TextRow {
  readonly text: string;
  /** Number of the line, from 1. `undefined` for a row that continues one. */
  readonly number: number | undefined;
}

/** What is known about a text so far. */
export interface TextExtent {
  readonly rowCount: number;
  /** Size of the longest row, in bytes. */
  readonly longestRow: number;
  /** Bytes that are not valid UTF-8, shown as U+FFFD. 0 in other encodings. */
  readonly badBytes: number;
  readonly scannedBytes: number;
  readonly isComplete: boolean;
}

/** A text of any size. Its rows are read from the bytes when they are needed. */
export interface TextFile {
  readonly encoding: Encoding;
  /** Whether the content is probably binary. */
  readonly isBinary: boolean;
  readonly extent: TextExtent;
  /**
   * Finds the rows up to the end of the text, and lets the page handle input in between.
   *
   * @throws DOMException If the bytes cannot be read, or after an abort.
   */
  scan(signal: AbortSignal, onProgress: (extent: TextExtent) => void): Promise<void>;
  /** Returns a row, or `undefined` before its block is loaded. */
  rowAt(row: number): TextRow | undefined;
  /**
   * Loads rows for `rowAt`.
   *
   * @returns Whether any was missing.
   * @throws DOMException If the bytes cannot be read.
   */
  load(rows: readonly number[]): Promise<boolean>;
  /** Returns the number of a line, from 1, by one of its rows. */
  numberAt(row: number): number;
  /** Reads all rows in order, one block at a time, and keeps none of them. The text must be complete. */
  readBlocks(signal: AbortSignal): AsyncGenerator<RowBlock, void>;
}

/** Consecutive rows. */
export interface RowBlock {
  /** Index of the first row. */
  readonly firstRow: number;
  readonly texts: readonly string[];
}

/**
 * Opens a text and loads its first rows.
 *
 * @param chosen Encoding chosen by the user. Default: detected from the beginning.
 * @param limits Limits of the scan, for tests.
 * @throws DOMException If the bytes cannot be read.
 */
export async function openTextFile(bytes: Blob, chosen?: Encoding, limits?: ScanLimits): Promise<TextFile> {
  const { bytes: beginning, encoding, isBinary } = await readBeginning(bytes, BEGINNING_BYTES, chosen);
  const file = new BlobText(bytes, { encoding, isBinary }, new LineScanner(encoding, limits));
  file.add(beginning);
  await file.load([0]);
  return file;
}

class BlobText implements TextFile {
  readonly encoding: Encoding;
  readonly isBinary: boolean;
  extent: TextExtent;
  readonly #cached = new Map<number, RowBlock>();

  constructor(
    private readonly bytes: Blob,
    facts: Pick<TextFile, 'encoding' | 'isBinary'>,
    private readonly scanner: LineScanner,
  ) {
    this.encoding = facts.encoding;
    this.isBinary = facts.isBinary;
    this.extent = { rowCount: 1, longestRow: 0, badBytes: 0, scannedBytes: 0, isComplete: false };
  }

  /** Scans the next bytes. */
  add(part: Uint8Array): void {
    const { scanner, encoding, extent } = this;
    const { scannedBytes, badBytes } = extent;
    scanner.add(part);
    const isComplete = scannedBytes + part.length >= this.bytes.size;
    if (isComplete) scanner.end();
    // The last block has grown.
    this.#cached.delete(this.#blockOf(extent.rowCount - 1));
    this.extent = {
      rowCount: scanner.rowCount,
      longestRow: scanner.longestRow,
      badBytes: badBytes + (encoding === 'utf-8' ? scanUtf8(part, scannedBytes === 0).badBytes : 0),
      scannedBytes: scannedBytes + part.length,
      isComplete,
    };
  }

  async scan(signal: AbortSignal, onProgress: (extent: TextExtent) => void): Promise<void> {
    const pause = createPause(signal);
    while (!this.extent.isComplete) {
      const { scannedBytes } = this.extent;
      const part = await this.#read(scannedBytes, scannedBytes + PART_BYTES);
      signal.throwIfAborted();
      this.add(part);
      onProgress(this.extent);
      await pause();
    }
  }

  rowAt(row: number): TextRow | undefined {
    const index = this.#blockOf(row);
    const text = this.#cached.get(index)?.texts[row - this.#blockAt(index).firstRow];
    if (text === undefined) return undefined;
    const { firstRow, isContinued } = this.#blockAt(index);
    return { text, number: isContinued && row === firstRow ? undefined : this.numberAt(row) };
  }

  numberAt(row: number): number {
    const { firstNumber, firstRow } = this.#blockAt(this.#blockOf(row));
    return firstNumber + row - firstRow;
  }

  async load(rows: readonly number[]): Promise<boolean> {
    const wanted = new Set(rows.map((row) => this.#blockOf(row)));
    const missing = [...wanted].filter((index) => !this.#cached.has(index));
    await Promise.all(
      missing.map(async (index) => {
        const end = this.#endOf(index);
        const block = await this.#readBlock(index);
        // A scan may have extended the last block meanwhile. Then, it is loaded again for the next `rowAt`.
        if (end === this.#endOf(index)) this.#cached.set(index, block);
      }),
    );
    for (const index of this.#cached.keys()) {
      if (this.#cached.size <= MAX_CACHED_BLOCKS) break;
      if (!wanted.has(index)) this.#cached.delete(index);
    }
    return missing.length > 0;
  }

  async *readBlocks(signal: AbortSignal): AsyncGenerator<RowBlock, void> {
    const pause = createPause(signal);
    for (let index = 0; index < this.scanner.blocks.length; index++) {
      yield this.#cached.get(index) ?? (await this.#readBlock(index));
      signal.throwIfAborted();
      await pause();
    }
  }

  #blockAt(index: number): Block {
    const block = this.scanner.blocks[index];
    if (!block) throw new RangeError('There is no such block.');
    return block;
  }

  /** Returns the index of the block of a row. */
  #blockOf(row: number): number {
    const { length } = this.scanner.blocks;
    return firstIndexWhere(length - 1, (index) => this.#blockAt(index + 1).firstRow > row);
  }

  /** Returns the offset of the end of a block, as far as scanned. */
  #endOf(index: number): number {
    return this.scanner.blocks[index + 1]?.start ?? this.extent.scannedBytes;
  }

  async #readBlock(index: number): Promise<RowBlock> {
    const { start, firstRow } = this.#blockAt(index);
    const next = this.scanner.blocks[index + 1];
    const bytes = await this.#read(start, this.#endOf(index));
    // A byte order mark inside is a character.
    const texts = splitLines(new TextDecoder(this.encoding, { ignoreBOM: start > 0 }).decode(bytes));
    // Behind the last line end of a block, the next one begins.
    return { firstRow, texts: next ? texts.slice(0, next.firstRow - firstRow) : texts };
  }

  async #read(start: number, end: number): Promise<Uint8Array> {
    return new Uint8Array(await this.bytes.slice(start, end).arrayBuffer());
  }
}
