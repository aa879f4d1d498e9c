/** Length of the beginning that is compared first, in bytes: most files of one size differ in it. */
export const FIRST_BYTES = 16 * 1024;

/** Up to this size, a file is read at once, in bytes: a request costs more than the bytes. */
const MAX_SMALL_BYTES = 64 * 1024;

/** Each part of a file that still equals another one ends at this multiple of the one before. */
const GROWTH = 4;

/** Returns the ends of the parts of a file, in bytes: its beginning first, its size last. */
export function stopsOf(size: number): readonly number[] {
  if (size <= MAX_SMALL_BYTES) return [size];
  const stops: number[] = [];
  for (let stop = FIRST_BYTES; stop < size; stop *= GROWTH) stops.push(stop);
  return [...stops, size];
}
