import { RangedFile } from '../../upload/intake/ranged-file';
import type { FilePart } from '../../upload/rules/pieces';

/** A file of ranges of another one and new bytes. */
export interface JoinedFile {
  readonly file: RangedFile;
  /** Bytes held in memory: the new ones. */
  readonly heldBytes: number;
}

/** A part and its place in the new file. */
interface PlacedPart {
  readonly part: FilePart;
  readonly start: number;
  readonly end: number;
}

/** Joins parts without reading the ranges of the old file: those are read on demand, from `origin`. */
export function joinParts(parts: readonly FilePart[], origin: File): JoinedFile {
  const placed: PlacedPart[] = [];
  let sizeBytes = 0;
  let heldBytes = 0;
  for (const part of parts) {
    const length = 'start' in part ? part.end - part.start : part.length;
    placed.push({ part, start: sizeBytes, end: sizeBytes + length });
    sizeBytes += length;
    if (!('start' in part)) heldBytes += length;
  }

  async function read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(end - start);
    for (let index = firstBehind(placed, start); index < placed.length; index++) {
      const each = placed[index];
      if (!each || each.start >= end) break;
      const [from, to] = [Math.max(start, each.start), Math.min(end, each.end)];
      if (from < to) bytes.set(await bytesOf(each, from, to, origin), from - start);
    }
    return bytes;
  }

  const { name, lastModified: modifiedMs } = origin;
  return { file: new RangedFile({ name, modifiedMs, sizeBytes, read }), heldBytes };
}

/** Returns the index of the first part that ends behind an offset. */
function firstBehind(parts: readonly PlacedPart[], offset: number): number {
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((parts[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @throws DOMException */
async function bytesOf(
  { part, start }: PlacedPart,
  from: number,
  to: number,
  origin: Blob,
): Promise<Uint8Array> {
  if (!('start' in part)) return part.subarray(from - start, to - start);
  const shift = part.start - start;
  return new Uint8Array(await origin.slice(from + shift, to + shift).arrayBuffer());
}
