import { stopsOf } from '../duplicates/content-stops';
import type { CompareCost } from '../project-index';
import { DIGEST_LENGTH } from './contents';
import type { Duplicates } from './duplicates';
import { guidAt, partsAt } from './segment';
import type { Snapshot } from './snapshot';

/** Files to compare, and what is known about them. */
interface ComparedFiles {
  readonly snapshot: Snapshot;
  readonly duplicates: Duplicates;
  readonly rows: Uint32Array;
}

/** Found files of one size with contents that may be equal, but are not known. */
export interface SizeToCompare {
  /** In bytes. */
  readonly size: number;
  /** All found files of this size. */
  readonly rows: readonly number[];
  /** Attachments to read. */
  readonly unknown: readonly SizedContent[];
}

/** An attachment with the digests known of it. */
interface SizedContent {
  readonly rows: number[];
  /** See `ContentDigests`. */
  readonly chain: string;
  readonly isWhole: boolean;
}

/** Returns the highest number of bytes to read, and about how many requests that takes. */
export function costOf(files: ComparedFiles): CompareCost {
  const { groups, proven } = files.duplicates;
  const cost = { files: 0, bytes: 0, requests: 0 };
  for (const { size, unknown } of sizesToCompare(files)) {
    const stops = stopsOf(size);
    for (const { rows, chain } of unknown) {
      const known = chain.length / DIGEST_LENGTH;
      const group = groups[rows[0] ?? 0] ?? 0;
      cost.files++;
      cost.bytes += size - (stops[known - 1] ?? 0);
      // Most files of an equal size differ in their first part. Those with an equal name probably do not.
      cost.requests += group > 0 && proven[group] === 0 ? stops.length - known : 1;
    }
  }
  return cost;
}

const knownSizes = new WeakMap<ComparedFiles, readonly SizeToCompare[]>();

/** Finds the sizes once, the largest first. */
export function sizesToCompare(files: ComparedFiles): readonly SizeToCompare[] {
  const sizes = knownSizes.get(files) ?? findSizes(files);
  knownSizes.set(files, sizes);
  return sizes;
}

function findSizes({ snapshot, rows }: ComparedFiles): readonly SizeToCompare[] {
  const bySize = new Map<number, number[]>();
  for (const row of rows) {
    const { segment, file } = snapshot.placeOf(row);
    const size = segment.sizes[file] ?? NaN;
    if (!(size > 0) || partsAt(segment, file)) continue;
    const known = bySize.get(size);
    if (known) known.push(row);
    else bySize.set(size, [row]);
  }
  return [...bySize]
    .flatMap(([size, some]) => {
      if (some.length < 2) return [];
      const unknown = unknownIn(contentsOf(snapshot, size, some));
      return unknown.length > 0 ? [{ size, rows: some, unknown }] : [];
    })
    .sort((a, b) => b.size - a.size);
}

function contentsOf(snapshot: Snapshot, size: number, rows: readonly number[]): readonly SizedContent[] {
  const contents = new Map<string, SizedContent>();
  for (const row of rows) {
    const { segment, file } = snapshot.placeOf(row);
    const id = guidAt(segment, file);
    const known = contents.get(id);
    known?.rows.push(row);
    if (known) continue;
    const digests = snapshot.digestsOf(id, size);
    const isWhole = digests?.sha256 !== undefined;
    contents.set(id, { rows: [row], chain: digests?.chain ?? '', isWhole });
  }
  return [...contents.values()];
}

/** Returns the contents that are not known in full, and may equal another one. */
function unknownIn(contents: readonly SizedContent[]): readonly SizedContent[] {
  const sorted = [...contents].sort((a, b) => (a.chain < b.chain ? -1 : a.chain > b.chain ? 1 : 0));
  const unknown: SizedContent[] = [];
  // Beginnings of the text at hand: in this order, they are the last ones before it.
  const beginnings: string[] = [];
  for (const [index, content] of sorted.entries()) {
    const { chain, isWhole } = content;
    while (beginnings.length > 0 && !chain.startsWith(beginnings.at(-1) ?? '')) beginnings.pop();
    const next = sorted[index + 1]?.chain;
    if (!isWhole && (beginnings.length > 0 || next?.startsWith(chain))) unknown.push(content);
    beginnings.push(chain);
  }
  return unknown;
}
