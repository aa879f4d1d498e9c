/** A smaller slice is read: many slices cost more than their bytes. */
const MIN_SLICE_BYTES = 64 * 1024;

/** Part of a new file: new bytes, or a range of the old file, `end` exclusive. */
export type FilePart = Uint8Array | { readonly start: number; readonly end: number };

/** Returns a file of these parts. */
export type JoinParts = (parts: readonly FilePart[], file: Blob) => Promise<Blob>;

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

  /** Returns the new file. */
  join(file: Blob, join: JoinParts = joinAsBlob): Promise<Blob> {
    return join(this.#parts, file);
  }
}

/** Returns a blob. Long ranges stay slices of the old file. */
async function joinAsBlob(parts: readonly FilePart[], file: Blob): Promise<Blob> {
  const blobParts: BlobPart[] = [];
  for (const part of parts) {
    if ('start' in part) blobParts.push(await embeddable(file.slice(part.start, part.end)));
    else blobParts.push(new Uint8Array(part));
  }
  return new Blob(blobParts, { type: file.type });
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
