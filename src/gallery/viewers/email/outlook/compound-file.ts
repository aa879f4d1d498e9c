import { joinBytes } from '../../../../base/bytes';
import { ViewerProblem } from '../../viewer-problem';
import { isCompoundFile } from './is-compound-file';

/** Larger numbers of sectors mark ends and special sectors. */
const MAX_SECTOR = 0xfffffffa;

/** "No entry" in the directory. */
const NO_ENTRY = 0xffffffff;

const ENTRY_BYTES = 128;
const HEADER_BYTES = 512;

/** Places of sectors of the allocation table in the header. Further ones are in sectors of their own. */
const HEADER_TABLE_SECTORS = 109;

/** Maximum number of entries in the directory. A mail has about 100, and 30 more for each attachment. */
const MAX_ENTRIES = 100_000;

/** Storages inside of each other. A mail in a mail takes two. */
const MAX_DEPTH = 64;

/** Bytes to read for each byte of the file. No two streams have the same bytes, and few are read twice. */
const MAX_READS = 4;

/** Streams that are smaller are in the sectors of the mini stream. */
const MINI_STREAM_CUTOFF = 4096;
const MINI_SECTOR_BYTES = 64;

/** A storage, which is the folder of a compound file. */
export interface Storage {
  /** Streams by name. */
  readonly streams: ReadonlyMap<string, Stream>;
  /** Storages in it by name. */
  readonly storages: ReadonlyMap<string, Storage>;
}

/** A stream, which is the file of a compound file. */
export interface Stream {
  /** Declared size, in bytes. */
  readonly size: number;
  /**
   * Reads the bytes.
   *
   * @throws ViewerProblem `no-email` If some are missing: chains end where they repeat or leave the file.
   */
  read(): Uint8Array;
}

/**
 * Reads the directory of a compound file. Each sector and each entry is used at most once, so that chains and trees that
 * contain themselves end.
 *
 * @throws ViewerProblem `no-email` If it is no compound file; `too-many-parts` If its storages are too deep, or its streams
 *   have the same bytes. Reading a stream can throw the latter.
 */
export function readCompoundFile(bytes: Uint8Array): Storage {
  if (!isCompoundFile(bytes) || bytes.length < HEADER_BYTES) throw new ViewerProblem('no-email');
  return new CompoundFile(bytes).root();
}

/** An entry of the directory ([MS-CFB] 2.6). */
interface Entry {
  readonly name: string;
  readonly kind: 'storage' | 'stream' | 'root' | 'unused';
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

class CompoundFile {
  readonly #view: DataView;
  readonly #sectorBytes: number;
  /** Next sector of each sector. */
  readonly #table: readonly number[];
  readonly #entries: readonly Entry[];
  readonly #usedEntries = new Set<number>();
  /** Bytes that may still be read. */
  #budget: number;
  #mini: { readonly bytes: Uint8Array; readonly table: readonly number[] } | undefined;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#budget = bytes.length * MAX_READS;
    const shift = this.#view.getUint16(30, true);
    if (shift !== 9 && shift !== 12) throw new ViewerProblem('no-email');
    this.#sectorBytes = 2 ** shift;
    this.#table = this.#numbersOf(this.#tableSectors());
    const directory = this.#join(this.#chain(this.#view.getUint32(48, true)));
    const count = Math.min(MAX_ENTRIES, Math.floor(directory.length / ENTRY_BYTES));
    this.#entries = Array.from({ length: count }, (_, index) =>
      readEntry(directory.subarray(index * ENTRY_BYTES, (index + 1) * ENTRY_BYTES)),
    );
  }

  root(): Storage {
    const root = this.#entries[0];
    if (root?.kind !== 'root') throw new ViewerProblem('no-email');
    return this.#storage(root, 0);
  }

  #storage({ child }: Entry, depth: number): Storage {
    if (depth > MAX_DEPTH) throw new ViewerProblem('too-many-parts');
    const streams = new Map<string, Stream>();
    const storages = new Map<string, Storage>();
    const open = [child];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const entry = this.#entries[index];
      if (!entry || this.#usedEntries.has(index)) continue;
      this.#usedEntries.add(index);
      if (entry.kind === 'stream')
        streams.set(entry.name, { size: entry.size, read: () => this.#readWhole(entry) });
      else if (entry.kind === 'storage') storages.set(entry.name, this.#storage(entry, depth + 1));
      open.push(...[entry.left, entry.right].filter((next) => next !== NO_ENTRY));
    }
    return { streams, storages };
  }

  #readWhole(entry: Entry): Uint8Array {
    const bytes = this.#read(entry);
    if (bytes.length < entry.size) throw new ViewerProblem('no-email');
    return bytes;
  }

  #read({ start, size }: Entry): Uint8Array {
    if (size >= MINI_STREAM_CUTOFF)
      return this.#join(this.#chain(start, Math.ceil(size / this.#sectorBytes))).subarray(0, size);
    this.#mini ??= this.#readMini();
    const { bytes, table } = this.#mini;
    const sectors = follow(table, start, Math.ceil(size / MINI_SECTOR_BYTES));
    return joinBytes(
      sectors.map((sector) => bytes.subarray(sector * MINI_SECTOR_BYTES, (sector + 1) * MINI_SECTOR_BYTES)),
    ).subarray(0, size);
  }

  #readMini(): { readonly bytes: Uint8Array; readonly table: readonly number[] } {
    const table = this.#numbersOf(this.#chain(this.#view.getUint32(60, true)));
    return { bytes: this.#join(this.#chain(this.#entries[0]?.start ?? NO_ENTRY)), table };
  }

  /** Returns the sectors of the allocation table, as listed in the header and in a chain of sectors. */
  #tableSectors(): readonly number[] {
    const sectors: number[] = [];
    for (let index = 0; index < HEADER_TABLE_SECTORS; index++)
      sectors.push(this.#view.getUint32(76 + index * 4, true));
    const seen = new Set<number>();
    let next = this.#view.getUint32(68, true);
    while (this.#has(next) && !seen.has(next)) {
      seen.add(next);
      const numbers = this.#numbersOf([next]);
      sectors.push(...numbers.slice(0, -1));
      next = numbers.at(-1) ?? NO_ENTRY;
    }
    return [...new Set(sectors)].filter((sector) => this.#has(sector));
  }

  #has(sector: number): boolean {
    return sector < MAX_SECTOR && this.#offset(sector) < this.bytes.length;
  }

  #offset(sector: number): number {
    return (sector + 1) * this.#sectorBytes;
  }

  #chain(start: number, maxLength = Infinity): readonly number[] {
    return follow(this.#table, start, maxLength).filter((sector) => this.#has(sector));
  }

  #join(sectors: readonly number[]): Uint8Array {
    this.#budget -= sectors.length * this.#sectorBytes;
    if (this.#budget < 0) throw new ViewerProblem('too-many-parts');
    return joinBytes(
      sectors.map((sector) => this.bytes.subarray(this.#offset(sector), this.#offset(sector + 1))),
    );
  }

  #numbersOf(sectors: readonly number[]): readonly number[] {
    const bytes = this.#join(sectors);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) =>
      view.getUint32(index * 4, true),
    );
  }
}

function readEntry(bytes: Uint8Array): Entry {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const nameBytes = Math.min(64, view.getUint16(64, true));
  const kinds: Readonly<Record<number, Entry['kind']>> = { 1: 'storage', 2: 'stream', 5: 'root' };
  return {
    name: new TextDecoder('utf-16le').decode(bytes.subarray(0, Math.max(0, nameBytes - 2))),
    kind: kinds[view.getUint8(66)] ?? 'unused',
    left: view.getUint32(68, true),
    right: view.getUint32(72, true),
    child: view.getUint32(76, true),
    start: view.getUint32(116, true),
    // The upper half is for files over 4 GB.
    size: view.getUint32(120, true),
  };
}

/** Returns a chain of sectors, up to the first one that is unknown or repeated. */
function follow(table: readonly number[], start: number, maxLength: number): readonly number[] {
  const seen = new Set<number>();
  for (let sector: number | undefined = start; sector !== undefined; sector = table[sector]) {
    if (sector >= table.length || seen.size >= maxLength || seen.has(sector)) break;
    seen.add(sector);
  }
  return [...seen];
}
