import { DamagedError } from './cleaned';

/** Bytes read at once. */
const WINDOW_BYTES = 256 * 1024;

/** Reads parts of a file. Neighboring parts cost one read of the file. */
export class PartReader {
  #window: Uint8Array = new Uint8Array();
  #start = 0;

  constructor(readonly file: Blob) {}

  get size(): number {
    return this.file.size;
  }

  /**
   * Returns bytes of the file. They must not be changed.
   *
   * @throws DamagedError beyond the end of the file
   */
  async read(start: number, length: number): Promise<Uint8Array> {
    if (length < 0 || start + length > this.size) throw new DamagedError();
    const window = await this.windowAt(start, length);
    return window.subarray(0, length);
  }

  /** Returns bytes from `start` on, at least `length` of them and as many as were read. */
  async windowAt(start: number, length = 1): Promise<Uint8Array> {
    if (start < this.#start || start + length > this.#start + this.#window.length) {
      const end = Math.min(this.size, start + Math.max(length, WINDOW_BYTES));
      this.#window = new Uint8Array(await this.file.slice(start, end).arrayBuffer());
      this.#start = start;
      if (this.#window.length < length) throw new DamagedError();
    }
    return this.#window.subarray(start - this.#start);
  }
}

/** Returns the bytes of a text in ASCII. */
export function asciiBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Whether bytes at an offset are this text in ASCII. */
export function hasText(bytes: Uint8Array, text: string, at = 0): boolean {
  if (at + text.length > bytes.length) return false;
  for (let index = 0; index < text.length; index++)
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  return true;
}

/** Whether bytes are the same. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Returns a view of bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
