import { textAt } from './columns';
import { orderOf } from './order';
import type { Segment } from './segment';
import { guidAt } from './segment';

/** Returns the hash of the content of an attachment, or `undefined` while it is unknown. */
export type HashOf = (attachmentId: string) => string | undefined;

/** Files with the same content as others. */
export interface Duplicates {
  /** 1 for each row with a duplicate, also for the oldest. */
  readonly flags: Uint8Array;
  /** 1 for each row with the same content as an older one, and bytes of its own. */
  readonly copies: Uint8Array;
}

/** Row of the index, as a file of a segment. */
export interface RowPlace {
  readonly segment: Segment;
  readonly file: number;
}

/**
 * Finds files with the same content: an equal size above 0, and an equal hash. Where a hash is unknown, equal names make
 * it probable.
 *
 * @param sizes By row; `NaN` if unknown.
 */
export function* findDuplicates(
  sizes: Float64Array,
  placeOf: (row: number) => RowPlace,
  hashOf: HashOf,
): Generator<void, Duplicates> {
  const { length } = sizes;
  const flags = new Uint8Array(length);
  const copies = new Uint8Array(length);
  const order = orderOf(sizes.map((size) => (size > 0 ? size : 0)));
  for (let start = 0; start < length;) {
    const size = sizes[order[start] ?? 0] ?? NaN;
    let end = start + 1;
    while (end < length && sizes[order[end] ?? 0] === size) end++;
    if (size > 0 && end - start > 1) markEqual(order.subarray(start, end), placeOf, hashOf, flags, copies);
    // Runs are short as a rule.
    if (start >> 12 !== end >> 12) yield;
    start = end;
  }
  return { flags, copies };
}

/** Marks the files of equal content among those of one size. */
function markEqual(
  rows: Uint32Array,
  placeOf: (row: number) => RowPlace,
  hashOf: HashOf,
  flags: Uint8Array,
  copies: Uint8Array,
): void {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const { segment, file } = placeOf(row);
    const key = hashOf(guidAt(segment, file)) ?? textAt(segment.names, file).toLowerCase();
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  for (const group of groups.values()) if (group.length > 1) markGroup(group, placeOf, flags, copies);
}

function markGroup(
  rows: readonly number[],
  placeOf: (row: number) => RowPlace,
  flags: Uint8Array,
  copies: Uint8Array,
): void {
  const files = rows.map((row) => {
    const { segment, file } = placeOf(row);
    return { row, id: guidAt(segment, file), addedAt: segment.addedAt[file] ?? NaN };
  });
  // An unknown time counts as late.
  const time = ({ addedAt }: { readonly addedAt: number }): number =>
    Number.isNaN(addedAt) ? Number.MAX_SAFE_INTEGER : addedAt;
  const known = new Set<string>();
  for (const { row, id } of files.sort((a, b) => time(a) - time(b) || a.row - b.row)) {
    flags[row] = 1;
    if (known.size > 0 && !known.has(id)) copies[row] = 1;
    known.add(id);
  }
}
