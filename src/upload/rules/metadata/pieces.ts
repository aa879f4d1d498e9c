import { DamagedError } from './cleaned';

/** Bytes read at once. */
const WINDOW_BYTES = 256 * 1024;

/** A smaller slice is read: many slices cost more than their bytes. */
const MIN_SLICE_BYTES = 64 * 1024;

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

/** The parts of a new file: ranges of the old one and new bytes. */
export class Pieces {
  readonly #parts: (Uint8Array | { readonly start: number; end: number })[] = [];
  #hasChanged = false;

  /** Whether the parts differ from a whole file of this size. */
  hasChanged(sizeBytes: number): boolean {
    const [only] = this.#parts;
    const isWhole =
      this.#parts.length === 1 &&
      only !== undefined &&
      'start' in only &&
      only.start === 0 &&
      only.end === sizeBytes;
    return this.#hasChanged || !isWhole;
  }

  /** Takes over a range of the old file, `end` exclusive. */
  keep(start: number, end: number): void {
    const last = this.#parts.at(-1);
    if (last && 'start' in last && last.end === start) last.end = end;
    else if (end > start) this.#parts.push({ start, end });
  }

  /** Adds new bytes. */
  add(bytes: Uint8Array): void {
    this.#hasChanged = true;
    this.#parts.push(bytes);
  }

  /** Returns the new file. Long ranges stay slices of the old one. */
  async join(file: Blob): Promise<Blob> {
    const parts: BlobPart[] = [];
    for (const part of this.#parts) {
      if ('start' in part) parts.push(await embeddable(file.slice(part.start, part.end)));
      else parts.push(new Uint8Array(part));
    }
    return new Blob(parts, { type: file.type });
  }
}

/** Slices of files on disk cannot be part of another blob: their size shows it. Their bytes are read. */
async function embeddable(slice: Blob): Promise<BlobPart> {
  const isPart = slice.size >= MIN_SLICE_BYTES && new Blob([slice]).size === slice.size;
  return isPart ? slice : slice.arrayBuffer();
}

/** Returns text of single-byte characters: one for each byte, so that offsets agree. */
export function byteText(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
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
