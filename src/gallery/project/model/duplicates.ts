import { textAt } from './columns';
import type { ContentDigests, DigestsOf } from './contents';
import { orderOf } from './order';
import type { Segment } from './segment';
import { guidAt, partsAt } from './segment';

/** Files with the same content as others. */
export interface Duplicates {
  /** Number of the group by row; 0 for each row without a duplicate. */
  readonly groups: Uint32Array;
  /** 1 for each group whose equal contents are proven, by its number; otherwise they are probable. */
  readonly proven: Uint8Array;
}

/** Row of the index, as a file of a segment. */
export interface RowPlace {
  readonly segment: Segment;
  readonly file: number;
}

/**
 * Finds files with the same content: an equal size above 0, and an equal hash. Where a hash is unknown, equal names make
 * it probable unless the known beginnings differ. Leaves out split
 * files: no attachment has their bytes.
 *
 * @param sizes By row; `NaN` if unknown.
 */
export function* findDuplicates(
  sizes: Float64Array,
  placeOf: (row: number) => RowPlace,
  digestsOf: DigestsOf,
): Generator<void, Duplicates> {
  const { length } = sizes;
  const groups = new Uint32Array(length);
  const proven = [0];
  const order = orderOf(sizes.map((size) => (size > 0 ? size : 0)));
  for (let start = 0; start < length;) {
    const size = sizes[order[start] ?? 0] ?? NaN;
    let end = start + 1;
    while (end < length && sizes[order[end] ?? 0] === size) end++;
    if (size > 0 && end - start > 1)
      for (const { rows, isProven } of groupsIn(order.subarray(start, end), size, placeOf, digestsOf)) {
        for (const row of rows) groups[row] = proven.length;
        proven.push(Number(isProven));
      }
    // Runs are short as a rule.
    if (start >> 12 !== end >> 12) yield;
    start = end;
  }
  return { groups, proven: Uint8Array.from(proven) };
}

/** Rows with the same content, or probably the same. */
interface EqualRows {
  readonly rows: number[];
  /** Of the longest known beginning. */
  chain: string;
  isProven: boolean;
}

/** Groups the files of one size. */
function groupsIn(
  rows: Uint32Array,
  size: number,
  placeOf: (row: number) => RowPlace,
  digestsOf: DigestsOf,
): readonly EqualRows[] {
  const contents = new Map<string, EqualRows & { readonly names: Set<string>; readonly isWhole: boolean }>();
  for (const row of rows) {
    const { segment, file } = placeOf(row);
    if (partsAt(segment, file)) continue;
    const id = guidAt(segment, file);
    const digests: ContentDigests | undefined = digestsOf(id, size);
    const key = digests?.sha256 ?? id;
    const name = textAt(segment.names, file).toLowerCase();
    const content = contents.get(key);
    content?.rows.push(row);
    content?.names.add(name);
    if (!content)
      contents.set(key, {
        ...{ rows: [row], names: new Set([name]), isProven: true },
        ...{ chain: digests?.chain ?? '', isWhole: digests?.sha256 !== undefined },
      });
  }
  const all = [...contents.values()];
  return joinByName([...all.filter(({ isWhole }) => isWhole), ...all.filter(({ isWhole }) => !isWhole)]);
}

/** Joins each content that is not known in full with one of an equal name. */
function joinByName(
  contents: readonly (EqualRows & { readonly names: ReadonlySet<string>; readonly isWhole: boolean })[],
): readonly EqualRows[] {
  const byName = new Map<string, EqualRows[]>();
  const groups: EqualRows[] = [];
  for (const content of contents) {
    const { names, isWhole, chain, rows } = content;
    const same = isWhole
      ? undefined
      : [...names].flatMap((name) => byName.get(name) ?? []).find((group) => canBeEqual(group.chain, chain));
    if (same) {
      same.rows.push(...rows);
      same.isProven = false;
      if (chain.length > same.chain.length) same.chain = chain;
    } else groups.push(content);
    for (const name of names) {
      const known = byName.get(name);
      if (!known) byName.set(name, [same ?? content]);
      else if (!known.includes(same ?? content)) known.push(same ?? content);
    }
  }
  return groups.filter(({ rows }) => rows.length > 1);
}

function canBeEqual(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}
