import type { CleanPart, Findings } from './cleaned';
import { DamagedError } from './cleaned';
import { cleanIptc, cleanResources } from './iptc';
import type { Range } from './ranges';
import { withoutRanges } from './ranges';
import type { Directory, Entry } from './tiff-directory';
import { TiffReader, isOutside, orientationData, writeDirectory } from './tiff-directory';
import { cleanXmp } from './xmp';

const ORIENTATION = 0x0112;
const XMP = 0x02bc;
const IPTC = 0x83bb;
const PHOTOSHOP = 0x8649;
const SUB_DIRECTORIES = 0x014a;
const GPS = 0x8825;
/** Directories with tags to keep: Exif, and interoperability in it. */
const KEPT_DIRECTORIES: ReadonlySet<number> = new Set([0x8769, 0xa005]);
/** Offset and length of a thumbnail: of a JPEG, or of strips. */
const JPEG_PLACE = [0x0201, 0x0202] as const;
const STRIP_PLACES = [0x0111, 0x0117] as const;
/** Scale, points, transformation and keys of a map. */
const MAP_TAGS: ReadonlySet<number> = new Set([0x830e, 0x8482, 0x85d8, 0x87af, 0x87b0, 0x87b1]);

const LONG = 4;

/** Most directories of all kinds. */
const MAX_DIRECTORIES = 64;

/**
 * Removes places and thumbnails from Exif data: a TIFF file without picture. No other value moves, so that all offsets
 * stay right, also those in the notes of a maker. Bytes of removed values become zeros, or are cut at the end.
 */
export const cleanTiff: CleanPart = (bytes, findings) => new TiffCleaning(bytes, findings).run();

/**
 * Returns Exif data with nothing but the orientation.
 *
 * @returns `undefined` for data without an orientation.
 * @throws DamagedError
 */
export function orientationOnly(bytes: Uint8Array): Uint8Array | undefined {
  const reader = new TiffReader(bytes);
  const { entries } = reader.directory(reader.long(4));
  const entry = entries.find(({ tag }) => tag === ORIENTATION);
  const orientation = entry ? reader.number(entry) : 0;
  return orientation >= 1 && orientation <= 8 ? orientationData(orientation) : undefined;
}

class TiffCleaning {
  readonly #bytes: Uint8Array;
  readonly #findings: Findings;
  readonly #reader: TiffReader;
  /** Directories that stay, with their entries that stay. */
  readonly #kept: {
    readonly directory: Directory;
    readonly entries: readonly Entry[];
    readonly next: number;
  }[] = [];
  readonly #dead: Range[] = [];
  #directoryCount = 0;

  constructor(bytes: Uint8Array, findings: Findings) {
    this.#bytes = bytes;
    this.#findings = findings;
    this.#reader = new TiffReader(bytes);
  }

  run(): Uint8Array | undefined {
    const main = this.#directory(this.#reader.long(4));
    this.#keepDirectory(main, 0);
    this.#removeChain(main.next);
    const hasRemoved = this.#kept.some(
      ({ directory, entries, next }) => entries.length < directory.entries.length || next !== directory.next,
    );
    const written = hasRemoved ? this.#write() : undefined;
    return this.#cleanValues(written) ?? written;
  }

  #directory(at: number): Directory {
    if (++this.#directoryCount > MAX_DIRECTORIES) throw new DamagedError();
    return this.#reader.directory(at);
  }

  #keepDirectory(directory: Directory, next = directory.next): void {
    const entries = directory.entries.filter((entry) => !this.#isRemoved(entry, directory));
    this.#kept.push({ directory, entries, next });
    for (const entry of entries)
      if (KEPT_DIRECTORIES.has(entry.tag)) this.#keepDirectory(this.#directory(this.#reader.number(entry)));
  }

  /** Whether an entry goes. Its value goes as well. */
  #isRemoved(entry: Entry, directory: Directory): boolean {
    const isPlace = entry.tag === GPS || MAP_TAGS.has(entry.tag);
    const isThumbnail = entry.tag === SUB_DIRECTORIES || JPEG_PLACE.some((tag) => tag === entry.tag);
    if (!isPlace && !isThumbnail) return false;
    this.#findings.location ||= isPlace;
    this.#findings.thumbnail ||= isThumbnail;
    if (isOutside(entry)) this.#dead.push(entry.value);
    if (entry.tag === GPS) this.#removeDirectory(this.#directory(this.#reader.number(entry)));
    if (entry.tag === SUB_DIRECTORIES) for (const at of this.#reader.offsets(entry)) this.#removeChain(at);
    if (entry.tag === JPEG_PLACE[0]) this.#removePlaces(directory, JPEG_PLACE);
    return true;
  }

  /** Removes directories of thumbnails. */
  #removeChain(first: number): void {
    for (let at = first; at !== 0;) {
      this.#findings.thumbnail = true;
      const directory = this.#directory(at);
      this.#removeDirectory(directory);
      at = directory.next;
    }
  }

  #removeDirectory(directory: Directory): void {
    this.#dead.push(directory, ...directory.entries.filter(isOutside).map(({ value }) => value));
    this.#removePlaces(directory, JPEG_PLACE);
    this.#removePlaces(directory, STRIP_PLACES);
  }

  #removePlaces({ entries }: Directory, [offsetTag, lengthTag]: readonly [number, number]): void {
    const offsets = entries.find(({ tag }) => tag === offsetTag);
    const lengths = entries.find(({ tag }) => tag === lengthTag);
    if (!offsets || !lengths) return;
    const sizes = this.#numbers(lengths);
    for (const [index, start] of this.#numbers(offsets).entries()) {
      // Cameras write a length beyond the end.
      const end = Math.min(this.#bytes.length, start + (sizes[index] ?? 0));
      this.#dead.push({ start, end });
    }
  }

  #numbers(entry: Entry): readonly number[] {
    return entry.type === LONG ? this.#reader.offsets(entry) : [this.#reader.number(entry)];
  }

  #write(): Uint8Array {
    const used = this.#usedRanges();
    const written = new Uint8Array(this.#bytes);
    for (const { directory, entries, next } of this.#kept)
      this.#dead.push(
        writeDirectory(written, { directory, kept: entries, next, isLittle: this.#reader.isLittle }),
      );
    let end = written.length;
    for (const range of withoutRanges(this.#dead, used).reverse()) {
      written.fill(0, range.start, range.end);
      if (range.end === end) end = range.start;
    }
    return written.subarray(0, end);
  }

  /**
   * Returns the bytes of all that stays.
   *
   * @throws DamagedError if a directory shares bytes with something else: it could not be written
   */
  #usedRanges(): readonly Range[] {
    const values = this.#kept.flatMap(({ entries }) => entries.filter(isOutside).map(({ value }) => value));
    const tables = this.#kept.map(({ directory, entries }) => {
      const removed = directory.entries.length - entries.length;
      return { whole: directory, used: { start: directory.start, end: directory.end - removed * 12 } };
    });
    for (const { whole } of tables) {
      const others = [...values, ...tables.map((table) => table.whole).filter((table) => table !== whole)];
      if (others.some(({ start, end }) => start < whole.end && end > whole.start)) throw new DamagedError();
    }
    return [{ start: 0, end: 8 }, ...values, ...tables.map(({ used }) => used)];
  }

  /** Cleans values with metadata of other kinds, at their places. They never grow. */
  #cleanValues(written: Uint8Array | undefined): Uint8Array | undefined {
    let result = written;
    for (const entry of this.#kept.flatMap(({ entries }) => entries)) {
      const cleaner = VALUE_CLEANERS.get(entry.tag);
      if (!cleaner || !isOutside(entry)) continue;
      const { start, end } = entry.value;
      const value = cleaner(this.#bytes.subarray(start, end), this.#findings);
      if (!value) continue;
      result ??= new Uint8Array(this.#bytes);
      result.fill(0, start, end);
      result.set(value, start);
    }
    return result;
  }
}

/** Zeros behind the new value are padding for all of them. */
const VALUE_CLEANERS: ReadonlyMap<number, CleanPart> = new Map<number, CleanPart>([
  [XMP, cleanXmp],
  [IPTC, cleanIptc],
  [PHOTOSHOP, (bytes, findings) => cleanResources(bytes, findings, cleanTiff)],
]);
