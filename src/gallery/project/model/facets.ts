import type { ProjectFacet } from '../project-index';
import type { FacetTable } from './facet-tables';
import { ITEM_FACETS } from './facet-tables';
import type { Segment } from './segment';

/** Files with the same value of a facet. */
export interface FacetCount {
  /** Extension, person, area, state; number of the size class or the month; empty if unknown. */
  readonly value: string;
  readonly count: number;
  /** Sum of the known sizes. */
  readonly bytes: number;
}

/** Counts of all facets. */
export type FacetCounts = Readonly<Record<ProjectFacet, readonly FacetCount[]>>;

/** Areas and people can be thousands. */
const MAX_GROUPS = 200;

/** Counts the files of a result by all facets. */
export interface FacetCounter {
  /**
   * Adds files of a segment.
   *
   * @param index Number of the segment in the tables.
   */
  readonly add: (index: number, segment: Segment, files: Uint32Array) => void;
  readonly counts: () => FacetCounts;
}

/** Creates a counter without files. */
export function createFacetCounter(tables: readonly FacetTable[]): FacetCounter {
  const all = tables.map(({ facet, values, indexes }) => ({
    ...{ facet, values, indexes },
    counts: new Float64Array(values.length),
    bytes: new Float64Array(values.length),
  }));
  const ofFiles = all.filter(({ facet }) => !ITEM_FACETS.includes(facet));
  const ofItems = all.filter(({ facet }) => ITEM_FACETS.includes(facet));

  return {
    add(index, { ids, items, sizes }, files) {
      const known = new Float64Array(files.length);
      const itemCounts = new Float64Array(ids.length);
      const itemBytes = new Float64Array(ids.length);
      for (let at = 0; at < files.length; at++) {
        const file = files[at] ?? 0;
        const size = sizes[file] ?? NaN;
        const item = items[file] ?? 0;
        known[at] = size >= 0 ? size : 0;
        itemCounts[item] = (itemCounts[item] ?? 0) + 1;
        itemBytes[item] = (itemBytes[item] ?? 0) + (known[at] ?? 0);
      }
      for (const { indexes, counts, bytes } of ofFiles) {
        const numbers = indexes[index] ?? new Uint32Array();
        for (let at = 0; at < files.length; at++) {
          const value = numbers[files[at] ?? 0] ?? 0;
          counts[value] = (counts[value] ?? 0) + 1;
          bytes[value] = (bytes[value] ?? 0) + (known[at] ?? 0);
        }
      }
      for (const { indexes, counts, bytes } of ofItems) {
        const numbers = indexes[index] ?? new Uint32Array();
        for (let item = 0; item < ids.length; item++) {
          const value = numbers[item] ?? 0;
          counts[value] = (counts[value] ?? 0) + (itemCounts[item] ?? 0);
          bytes[value] = (bytes[value] ?? 0) + (itemBytes[item] ?? 0);
        }
      }
    },

    counts: () =>
      Object.fromEntries(
        all.map(({ facet, values, counts, bytes }) => {
          const groups = values.flatMap((value, index): FacetCount[] => {
            const count = counts[index] ?? 0;
            return count > 0 ? [{ value, count, bytes: bytes[index] ?? 0 }] : [];
          });
          return [facet, IN_ORDER.includes(facet) ? inOrder(groups) : largestFirst(groups)];
        }),
      ) as Record<ProjectFacet, readonly FacetCount[]>,
  };
}

const IN_ORDER: readonly ProjectFacet[] = ['month', 'size'];

function largestFirst(groups: FacetCount[]): readonly FacetCount[] {
  return groups
    .sort((a, b) => b.bytes - a.bytes || b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MAX_GROUPS);
}

/** Unknown values come last. */
function inOrder(groups: FacetCount[]): readonly FacetCount[] {
  return groups.sort(
    (a, b) => Number(a.value === '') - Number(b.value === '') || (a.value < b.value ? -1 : 1),
  );
}
