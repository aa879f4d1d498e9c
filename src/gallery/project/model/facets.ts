import type { ProjectFacet } from '../project-index';
import type { Words } from './columns';
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

/** Lower limits of the size classes, in bytes. */
export const SIZE_CLASSES: readonly number[] = [0, 100_000, 1_000_000, 10_000_000, 50_000_000];

/** Areas and people can be thousands. */
const MAX_GROUPS = 200;

type Sums = Map<string, { count: number; bytes: number }>;

/** Counts the files of a result by all facets. */
export interface FacetCounter {
  readonly add: (segment: Segment, marks: Uint8Array) => void;
  readonly counts: () => FacetCounts;
}

/** Creates a counter without files. */
export function createFacetCounter(): FacetCounter {
  const sums: Record<ProjectFacet, Sums> = {
    type: new Map(),
    size: new Map(),
    person: new Map(),
    area: new Map(),
    state: new Map(),
    month: new Map(),
  };

  /** Adds numbers by the index of a value. */
  function addWords(
    facet: ProjectFacet,
    values: readonly string[],
    counts: Float64Array,
    bytes: Float64Array,
  ) {
    for (const [index, value] of values.entries()) {
      const count = counts[index] ?? 0;
      if (count > 0) addTo(sums[facet], value, count, bytes[index] ?? 0);
    }
  }

  function addColumn(
    facet: ProjectFacet,
    { values, indexes }: Words,
    marks: Uint8Array,
    sizes: Float64Array,
  ) {
    const counts = new Float64Array(values.length);
    const bytes = new Float64Array(values.length);
    for (let file = 0; file < marks.length; file++) {
      if (marks[file] !== 1) continue;
      const index = indexes[file] ?? 0;
      const size = sizes[file] ?? NaN;
      counts[index] = (counts[index] ?? 0) + 1;
      if (size >= 0) bytes[index] = (bytes[index] ?? 0) + size;
    }
    addWords(facet, values, counts, bytes);
  }

  return {
    add(segment, marks) {
      const { extensions, people, areas, states, items, sizes } = segment;
      addColumn('type', extensions, marks, sizes);
      addColumn('person', people, marks, sizes);
      addColumn('area', { values: areas.values, indexes: byFile(areas, items) }, marks, sizes);
      addColumn('state', { values: states.values, indexes: byFile(states, items) }, marks, sizes);
      const { months, classes } = numbersOf(segment);
      addColumn('month', months, marks, sizes);
      addColumn('size', classes, marks, sizes);
    },

    counts: () => ({
      type: largestFirst(sums.type),
      size: inOrder(sums.size),
      person: largestFirst(sums.person),
      area: largestFirst(sums.area),
      state: largestFirst(sums.state),
      month: inOrder(sums.month),
    }),
  };
}

function addTo(sums: Sums, value: string, count: number, bytes: number): void {
  const sum = sums.get(value);
  if (sum) {
    sum.count += count;
    sum.bytes += bytes;
  } else sums.set(value, { count, bytes });
}

function byFile({ indexes }: Words, items: Uint32Array): Uint32Array {
  return items.map((item) => indexes[item] ?? 0);
}

/** Month and size class of each file: computed once per segment. */
const derived = new WeakMap<Segment, { readonly months: Words; readonly classes: Words }>();

function numbersOf(segment: Segment) {
  const known = derived.get(segment);
  if (known) return known;
  const numbers = {
    months: wordsFrom(segment.addedAt, createMonthOf()),
    classes: wordsFrom(segment.sizes, (size) =>
      Number.isNaN(size) ? '' : String(SIZE_CLASSES.filter((limit) => size >= limit).length - 1),
    ),
  };
  derived.set(segment, numbers);
  return numbers;
}

function wordsFrom(numbers: Float64Array, read: (value: number) => string): Words {
  const known = new Map<string, number>();
  const indexes = new Uint32Array(numbers.length);
  for (let row = 0; row < numbers.length; row++) {
    const word = read(numbers[row] ?? NaN);
    const index = known.get(word) ?? known.size;
    known.set(word, index);
    indexes[row] = index;
  }
  return { values: [...known.keys()], indexes };
}

/** Returns a function for the month of a time in the local time zone, `2026-01`; empty if unknown. */
function createMonthOf(): (time: number) => string {
  const known = new Map<number, string>();
  return (time) => {
    if (Number.isNaN(time)) return '';
    // Time zones differ by quarters of an hour, and files come together.
    const quarter = Math.floor(time / 900_000);
    let month = known.get(quarter);
    if (month === undefined) {
      const date = new Date(time);
      month = `${String(date.getFullYear()).padStart(4, '0')}-${String(date.getMonth() + 1).padStart(2, '0')}`;
      known.set(quarter, month);
    }
    return month;
  };
}

function listOf(sums: Sums): FacetCount[] {
  return Array.from(sums, ([value, sum]) => ({ value, ...sum }));
}

function largestFirst(sums: Sums): readonly FacetCount[] {
  return listOf(sums)
    .sort((a, b) => b.bytes - a.bytes || b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MAX_GROUPS);
}

/** Unknown values come last. */
function inOrder(sums: Sums): readonly FacetCount[] {
  return listOf(sums).sort(
    (a, b) => Number(a.value === '') - Number(b.value === '') || (a.value < b.value ? -1 : 1),
  );
}
