import type { ProjectFacet } from '../project-index';
import { PROJECT_FACETS } from '../project-index';
import type { Words } from './columns';
import type { Segment } from './segment';

/** Lower limits of the size classes, in bytes. */
export const SIZE_CLASSES: readonly number[] = [0, 100_000, 1_000_000, 10_000_000, 50_000_000];

/** Facets of the work item; the others are of the file. */
export const ITEM_FACETS: readonly ProjectFacet[] = ['area', 'state'];

/** Values of a facet in all segments. */
export interface FacetTable {
  readonly facet: ProjectFacet;
  /** Distinct values; empty if unknown. */
  readonly values: readonly string[];
  /** By segment, and there by file or work item: index of the value. */
  readonly indexes: readonly Uint32Array[];
}

/** Finds the values of all facets in the segments. */
export function* createFacetTables(segments: readonly Segment[]): Generator<void, readonly FacetTable[]> {
  const tables = PROJECT_FACETS.map((facet) => ({
    facet,
    known: new Map<string, number>(),
    indexes: [] as Uint32Array[],
  }));
  for (const segment of segments) {
    for (const { facet, known, indexes } of tables) indexes.push(numbered(wordsOf(segment, facet), known));
    yield;
  }
  return tables.map(({ facet, known, indexes }) => ({ facet, values: [...known.keys()], indexes }));
}

/** Replaces the indexes in a segment by those in all segments. */
function numbered({ values, indexes }: Words, known: Map<string, number>): Uint32Array {
  const numbers = values.map((value) => {
    const number = known.get(value) ?? known.size;
    known.set(value, number);
    return number;
  });
  return indexes.map((index) => numbers[index] ?? 0);
}

function wordsOf(segment: Segment, facet: ProjectFacet): Words {
  switch (facet) {
    case 'type':
      return segment.extensions;
    case 'person':
      return segment.people;
    case 'area':
      return segment.areas;
    case 'state':
      return segment.states;
    case 'month':
      return wordsFrom(segment.addedAt, createMonthOf());
    case 'size':
      return wordsFrom(segment.sizes, (size) =>
        Number.isNaN(size) ? '' : String(SIZE_CLASSES.filter((limit) => size >= limit).length - 1),
      );
  }
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
