import type { ProjectFile, ProjectItem, ProjectPart, ProjectSortKey } from '../project-index';
import { readComment } from '../../../upload/intake/folder-mark';
import { textAt, wordAt } from './columns';
import type { DigestsOf } from './contents';
import type { Duplicates, RowPlace } from './duplicates';
import { findDuplicates } from './duplicates';
import type { FacetTable } from './facet-tables';
import { createFacetTables } from './facet-tables';
import { MAX_KEY, nameKeyOf, orderOf, ranksOf, sortInSteps } from './order';
import type { Segment } from './segment';
import { attachmentCountAt, guidAt, partsAt } from './segment';
import type { FileEntry } from './item-entry';

/** States that close work items: by type, and names for types that are not known. */
export type IsClosed = (type: string, state: string) => boolean;

/** All files at one time, in rows. Segments never change, so a snapshot stays as it is. */
export interface Snapshot {
  readonly segments: readonly Segment[];
  /** First row of each segment, and the number of all rows. */
  readonly starts: Uint32Array;
  readonly count: number;
  readonly isClosed: IsClosed;
  readonly digestsOf: DigestsOf;
  readonly placeOf: (row: number) => RowPlace;
  /** Finds the duplicates once. */
  readonly duplicates: () => Generator<void, Duplicates>;
  /** Finds the values of the facets once. */
  readonly facetTables: () => Generator<void, readonly FacetTable[]>;
  /** Sorts all rows once per key. Rows without a value come last in both directions. */
  readonly order: (key: ProjectSortKey, isDescending: boolean) => Generator<void, Uint32Array>;
  /** Returns a row; equal work items of several rows are one object per `items`. */
  readonly readRow: (row: number, items: Map<number, ProjectItem>, duplicates: Duplicates) => ProjectFile;
}

/** Order of people and areas, case-insensitive. */
export type CompareTexts = (a: string, b: string) => number;

/** Facts that the segments do not have. */
export interface SnapshotContext {
  readonly isClosed: IsClosed;
  readonly digestsOf: DigestsOf;
  readonly compare: CompareTexts;
}

/** Creates a snapshot. It computes the rest on demand. */
export function createSnapshot(
  segments: readonly Segment[],
  { isClosed, digestsOf, compare }: SnapshotContext,
): Snapshot {
  const starts = new Uint32Array(segments.length + 1);
  for (const [index, segment] of segments.entries())
    starts[index + 1] = (starts[index] ?? 0) + segment.sizes.length;
  const count = starts[segments.length] ?? 0;
  const orders = new Map<ProjectSortKey, SortedRows>();
  let duplicates: Duplicates | undefined;
  let tables: readonly FacetTable[] | undefined;

  function placeOf(row: number): RowPlace {
    let low = 0;
    let high = segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    const segment = segments[low];
    if (!segment) throw new RangeError('The index has no files.');
    return { segment, file: row - (starts[low] ?? 0) };
  }

  return {
    ...{ segments, starts, count, isClosed, digestsOf, placeOf },

    *duplicates() {
      duplicates ??= yield* findDuplicates(joinNumbers(segments, 'sizes', count), placeOf, digestsOf);
      return duplicates;
    },

    *facetTables() {
      tables ??= yield* createFacetTables(segments);
      return tables;
    },

    *order(key, isDescending) {
      let sorted = orders.get(key);
      if (!sorted) {
        sorted = yield* sortRows(segments, count, key, compare);
        orders.set(key, sorted);
      }
      return isDescending ? sorted.descending() : sorted.ascending;
    },

    readRow(row, items, { groups, proven }) {
      const { segment, file } = placeOf(row);
      const index = segment.items[file] ?? 0;
      const itemId = segment.ids[index] ?? 0;
      const item = items.get(itemId) ?? itemAt(segment, index, isClosed);
      items.set(itemId, item);
      const group = groups[row] ?? 0;
      return {
        ...fileAt(segment, file, item, group > 0),
        ...(group > 0 && proven[group] === 1 && { hasSameContent: true }),
      };
    },
  };
}

/** Returns a work item of a segment. */
export function itemAt(segment: Segment, index: number, isClosed: IsClosed): ProjectItem {
  const { ids, titles, types, states, areas } = segment;
  const [type, state] = [wordAt(types, index), wordAt(states, index)];
  return {
    id: ids[index] ?? 0,
    title: textAt(titles, index),
    ...{ type, state },
    isClosed: isClosed(type, state),
    area: wordAt(areas, index),
    fileCount: attachmentCountAt(segment, index),
  };
}

function fileAt(segment: Segment, file: number, item: ProjectItem, isDuplicate: boolean): ProjectFile {
  const id = guidAt(segment, file);
  const size = segment.sizes[file] ?? NaN;
  const parts = partsAt(segment, file);
  return {
    reference: { id, url: wordAt(segment.places, file) + id },
    item,
    name: textAt(segment.names, file),
    size: Number.isNaN(size) ? undefined : size,
    ...readComment(textAt(segment.comments, file)),
    addedAt: segment.addedAt[file] ?? NaN,
    addedBy: wordAt(segment.people, file),
    isInText: segment.inText[file] === 1,
    isDuplicate,
    ...(parts && { parts: parts.map(partOf) }),
  };
}

function partOf({ id, place, name, size, comment, addedAt, addedBy }: FileEntry): ProjectPart {
  return {
    reference: { id, url: place + id },
    name,
    size: Number.isNaN(size) ? undefined : size,
    ...readComment(comment),
    ...{ addedAt, addedBy },
  };
}

interface SortedRows {
  readonly ascending: Uint32Array;
  readonly descending: () => Uint32Array;
}

/** Sort key of a row without a value; larger than all others. */
const WITHOUT_VALUE = MAX_KEY;

function* sortRows(
  segments: readonly Segment[],
  count: number,
  key: ProjectSortKey,
  compare: CompareTexts,
): Generator<void, SortedRows> {
  const keys = yield* keysOf(segments, count, key, compare);
  const ascending = orderOf(keys);
  let known = count;
  while (known > 0 && (keys[ascending[known - 1] ?? 0] ?? 0) >= WITHOUT_VALUE) known--;
  let descending: Uint32Array | undefined;
  return {
    ascending,
    descending() {
      if (!descending) {
        descending = ascending.slice();
        descending.subarray(0, known).reverse();
      }
      return descending;
    },
  };
}

function* keysOf(
  segments: readonly Segment[],
  count: number,
  key: ProjectSortKey,
  compare: CompareTexts,
): Generator<void, Float64Array> {
  switch (key) {
    case 'size':
      return joinNumbers(segments, 'sizes', count).map((size) =>
        Number.isNaN(size) ? WITHOUT_VALUE : Math.min(size, WITHOUT_VALUE - 1),
      );
    case 'addedAt':
      // Seconds, which fit into a key.
      return joinNumbers(segments, 'addedAt', count).map((time) =>
        Number.isNaN(time)
          ? WITHOUT_VALUE
          : Math.min(Math.max(0, Math.floor(time / 1000)), WITHOUT_VALUE - 1),
      );
    case 'item':
      return collect(segments, count, ({ ids, items }, file) => ids[items[file] ?? 0] ?? 0);
    case 'name':
      return yield* nameKeys(segments);
    case 'addedBy':
      return wordKeys(
        segments,
        count,
        compare,
        ({ people }) => people.values,
        ({ people }, file) => people.indexes[file] ?? 0,
      );
    case 'area':
      return wordKeys(
        segments,
        count,
        compare,
        ({ areas }) => areas.values,
        ({ areas, items }, file) => areas.indexes[items[file] ?? 0] ?? 0,
      );
  }
}

/** Names are too many for the order of a language. */
function* nameKeys(segments: readonly Segment[]): Generator<void, Float64Array> {
  const keys: string[] = [];
  for (const { names, sizes } of segments) {
    for (let file = 0; file < sizes.length; file++) keys.push(nameKeyOf(textAt(names, file)));
    yield;
  }
  const sorted = yield* sortInSteps([...new Set(keys)]);
  const ranks = new Map(sorted.map((key, rank) => [key, rank]));
  yield;
  return Float64Array.from(keys, (key) => ranks.get(key) ?? 0);
}

/** Returns the ranks of a column of words. An empty word is no value. */
function wordKeys(
  segments: readonly Segment[],
  count: number,
  compare: CompareTexts,
  valuesOf: (segment: Segment) => readonly string[],
  indexOf: (segment: Segment, file: number) => number,
): Float64Array {
  const all = [...new Set(segments.flatMap(valuesOf))];
  const ranks = new Map([...ranksOf(all, compare).entries()].map(([at, rank]) => [all[at] ?? '', rank]));
  ranks.set('', WITHOUT_VALUE);
  const bySegment = new Map(
    segments.map((segment) => [segment, valuesOf(segment).map((value) => ranks.get(value) ?? 0)]),
  );
  return collect(segments, count, (segment, file) => bySegment.get(segment)?.[indexOf(segment, file)] ?? 0);
}

function collect(
  segments: readonly Segment[],
  count: number,
  read: (segment: Segment, file: number) => number,
): Float64Array {
  const keys = new Float64Array(count);
  let row = 0;
  for (const segment of segments)
    for (let file = 0; file < segment.sizes.length; file++) keys[row++] = read(segment, file);
  return keys;
}

function joinNumbers(segments: readonly Segment[], column: 'sizes' | 'addedAt', count: number): Float64Array {
  const numbers = new Float64Array(count);
  let row = 0;
  for (const segment of segments) {
    numbers.set(segment[column], row);
    row += segment[column].length;
  }
  return numbers;
}
