import { DamagedError } from './cleaned';
import { hasText, viewOf } from './part-reader';
import type { Range } from './ranges';

/** Bytes of a value by type: byte, text, short, long, fraction, and so on; type 129 is text in UTF-8. */
const TYPE_BYTES: ReadonlyMap<number, number> = new Map([
  ...[1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4].map((size, index): [number, number] => [index + 1, size]),
  [129, 1],
]);

const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
const SHORT = 3;

/** Most entries of all directories. */
const MAX_ENTRIES = 20_000;

/** An entry of a directory. */
export interface Entry {
  readonly at: number;
  readonly tag: number;
  readonly type: number;
  /** The value, in the entry or elsewhere. */
  readonly value: Range;
}

/** A directory: its place and entries. */
export interface Directory extends Range {
  readonly entries: readonly Entry[];
  /** Offset of the next directory; 0 without one. */
  readonly next: number;
}

/** Reads directories of TIFF data, each at most once. */
export class TiffReader {
  readonly view: DataView;
  readonly isLittle: boolean;
  readonly #seen = new Set<number>();
  #entryCount = 0;

  /** @throws DamagedError without the header of TIFF data */
  constructor(readonly bytes: Uint8Array) {
    this.view = viewOf(bytes);
    this.isLittle = hasText(bytes, 'II*\0');
    if (bytes.length < HEADER_BYTES || !(this.isLittle || hasText(bytes, 'MM\0*'))) throw new DamagedError();
  }

  short(at: number): number {
    if (at + 2 > this.bytes.length) throw new DamagedError();
    return this.view.getUint16(at, this.isLittle);
  }

  long(at: number): number {
    if (at + 4 > this.bytes.length) throw new DamagedError();
    return this.view.getUint32(at, this.isLittle);
  }

  /**
   * Reads a directory.
   *
   * @throws DamagedError outside of the data, for a value outside of it, or after a second read
   */
  directory(at: number): Directory {
    if (at < HEADER_BYTES || this.#seen.has(at)) throw new DamagedError();
    this.#seen.add(at);
    const count = this.short(at);
    this.#entryCount += count;
    const nextAt = at + 2 + count * ENTRY_BYTES;
    if (this.#entryCount > MAX_ENTRIES) throw new DamagedError();
    const entries = Array.from({ length: count }, (_, index) => this.#entry(at + 2 + index * ENTRY_BYTES));
    return { start: at, end: nextAt + 4, entries, next: this.long(nextAt) };
  }

  #entry(at: number): Entry {
    const type = this.short(at + 2);
    const length = this.long(at + 4) * (TYPE_BYTES.get(type) ?? NaN);
    const start = length <= 4 ? at + 8 : this.long(at + 8);
    // Also for an unknown type.
    if (!(start + length <= this.bytes.length)) throw new DamagedError();
    return { at, tag: this.short(at), type, value: { start, end: start + length } };
  }

  /** Returns the first number of an entry: a short or long. */
  number(entry: Entry): number {
    return entry.type === SHORT ? this.short(entry.value.start) : this.long(entry.value.start);
  }

  /** Returns all offsets in an entry: longs. */
  offsets({ value }: Entry): readonly number[] {
    const length = Math.floor((value.end - value.start) / 4);
    return Array.from({ length }, (_, index) => this.long(value.start + index * 4));
  }
}

/** Whether a value is outside of its entry. */
export function isOutside({ at, value }: Entry): boolean {
  return value.start !== at + 8;
}

/**
 * Writes a directory without some of its entries at the same place.
 *
 * @returns The bytes no longer used.
 */
export function writeDirectory(
  target: Uint8Array,
  { directory, kept, next, isLittle }: DirectoryChange,
): Range {
  const { start, end } = directory;
  const view = viewOf(target);
  view.setUint16(start, kept.length, isLittle);
  let at = start + 2;
  for (const entry of kept) {
    target.copyWithin(at, entry.at, entry.at + ENTRY_BYTES);
    at += ENTRY_BYTES;
  }
  view.setUint32(at, next, isLittle);
  return { start: at + 4, end };
}

interface DirectoryChange {
  readonly directory: Directory;
  readonly kept: readonly Entry[];
  readonly next: number;
  readonly isLittle: boolean;
}

/** Returns TIFF data with one tag: the orientation of a picture. */
export function orientationData(orientation: number): Uint8Array {
  return Uint8Array.of(
    ...[0x49, 0x49, 42, 0, HEADER_BYTES, 0, 0, 0],
    ...[1, 0, 0x12, 0x01, SHORT, 0, 1, 0, 0, 0, orientation, 0, 0, 0],
    ...[0, 0, 0, 0],
  );
}
