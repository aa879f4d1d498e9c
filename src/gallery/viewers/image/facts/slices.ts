/** Bytes read at a time. */
const WINDOW_BYTES = 64 * 1024;

/** Maximum number of reads: enough for the chunks of a picture of 128 MB, and an end for a file with loops. */
const MAX_READS = 2_000;

/** Part of a file, in bytes. */
export interface ByteRange {
  readonly at: number;
  readonly length: number;
}

/** Reads parts of a file. */
export class Slices {
  #start = 0;
  #window = new Uint8Array();
  #reads = 0;

  constructor(private readonly bytes: Blob) {}

  /** Size of the file, in bytes. */
  get size(): number {
    return this.bytes.size;
  }

  /**
   * Returns a part of the file.
   *
   * @throws RangeError if it is not within the file, or after too many reads.
   */
  async read(at: number, length: number): Promise<DataView> {
    if (!(at >= 0 && length >= 0 && at + length <= this.size)) throw new RangeError('Not within the file.');
    if (at < this.#start || at + length > this.#start + this.#window.length) {
      if (++this.#reads > MAX_READS) throw new RangeError('Too many parts.');
      const end = at + Math.max(length, WINDOW_BYTES);
      this.#window = new Uint8Array(await this.bytes.slice(at, end).arrayBuffer());
      this.#start = at;
    }
    return new DataView(this.#window.buffer, at - this.#start, length);
  }
}

/** Returns bytes as characters, for names of formats and parts. */
export function nameAt(bytes: DataView, at: number, length = 4): string {
  return Array.from({ length }, (_, index) => String.fromCharCode(bytes.getUint8(at + index))).join('');
}
