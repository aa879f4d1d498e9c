const MIB = 2 ** 20;

/** Largest volume, in bytes: below a limit of 60 MB, whether that means 10⁶ or 2²⁰ bytes. */
const MAX_VOLUME_BYTES = 57 * MIB;

/** Distance of a volume to the limit of a file, in bytes. */
const MARGIN_BYTES = 3 * MIB;

/** Distance to a small limit, as a part of it. */
const MARGIN = 0.1;

/** A range of the file, `end` exclusive. */
export interface VolumeRange {
  /** 1-based. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** Returns the size of the volumes below a limit for the size of a file, both in bytes. */
export function volumeBytesFor(limitBytes: number): number {
  const margin = Math.min(MARGIN_BYTES, Math.ceil(limitBytes * MARGIN));
  return Math.max(1, Math.min(MAX_VOLUME_BYTES, limitBytes - margin));
}

/** Returns the ranges of the volumes, in order and without gaps. */
export function volumeRanges(sizeBytes: number, volumeBytes: number): readonly VolumeRange[] {
  const count = Math.ceil(sizeBytes / volumeBytes);
  return Array.from({ length: count }, (_, index) => {
    const start = index * volumeBytes;
    return { number: index + 1, start, end: Math.min(start + volumeBytes, sizeBytes) };
  });
}
