import type { ProjectFile, ProjectItem, ProjectReport, ProjectSortKey } from '../project-index';
import { authorCostOf } from './authors';
import type { Condition } from './conditions';
import { createGroupChoice } from './duplicate-choice';
import type { FoundFiles } from './duplicate-report';
import { summarizeDuplicates } from './duplicate-report';
import type { FacetCounts } from './facets';
import { createFacetCounter } from './facets';
import { createMatcher } from './match';
import type { Snapshot } from './snapshot';
import { itemAt } from './snapshot';

/** A search that was parsed. */
export interface RowSearch {
  readonly conditions: readonly Condition[];
  readonly sortBy: ProjectSortKey;
  readonly isDescending: boolean;
  /** Default: `screen`. */
  readonly lane?: SearchLane;
}

/** Place of the results of a search: those of one lane replace none of another. */
export type SearchLane = 'screen' | 'dialog';

/** Files found, in order. */
export interface FoundRows extends FoundFiles {
  readonly bytes: number;
  readonly facets: FacetCounts;
}

/** Searches in steps of one segment. */
export function* searchRows(
  snapshot: Snapshot,
  { conditions, sortBy, isDescending }: RowSearch,
): Generator<void, FoundRows> {
  const { segments, starts, count, isClosed } = snapshot;
  const duplicates = yield* snapshot.duplicates();
  const order = yield* snapshot.order(sortBy, isDescending);
  const matchSegment = createMatcher(conditions);
  const facets = createFacetCounter(yield* snapshot.facetTables());
  const groupsFor = createGroupChoice(snapshot, duplicates);
  const marks = new Uint8Array(count);
  let [found, bytes] = [0, 0];
  for (const [index, segment] of segments.entries()) {
    const [start = 0, end = 0] = starts.subarray(index, index + 2);
    const own = matchSegment(segment, {
      ...{ duplicates: duplicates.groups.subarray(start, end), groupsFor, isClosed },
    });
    const files = filesIn(own);
    if (files.length > 0) {
      marks.set(own, start);
      facets.add(index, segment, files);
      found += files.length;
      bytes += sumOf(segment.sizes, files);
    }
    yield;
  }
  const rows = new Uint32Array(found);
  let at = 0;
  for (let index = 0; index < count; index++) {
    const row = order[index] ?? 0;
    if (marks[row] === 1) rows[at++] = row;
  }
  return { snapshot, duplicates, rows, bytes, facets: facets.counts() };
}

/** Returns the numbers of the marked files. */
function filesIn(marks: Uint8Array): Uint32Array {
  const files = new Uint32Array(marks.length);
  let count = 0;
  for (let file = 0; file < marks.length; file++) if (marks[file] === 1) files[count++] = file;
  return files.subarray(0, count);
}

function sumOf(sizes: Float64Array, files: Uint32Array): number {
  let sum = 0;
  for (let at = 0; at < files.length; at++) {
    const size = sizes[files[at] ?? 0] ?? NaN;
    if (size >= 0) sum += size;
  }
  return sum;
}

/** Returns some of the files found. */
export function readRows(found: FoundRows, start: number, count: number): readonly ProjectFile[] {
  const items = new Map<number, ProjectItem>();
  const rows = found.rows.subarray(Math.max(0, start), Math.max(0, start) + Math.max(0, count));
  return Array.from(rows, (row) => found.snapshot.readRow(row, items, found.duplicates));
}

const NO_DUPLICATES = { groups: 0, copyBytes: 0, freedBytes: 0 };

/** Report on no files. */
export const EMPTY_REPORT: ProjectReport = {
  ...{ largest: [], oldestOnClosed: [], nearLimit: [] },
  duplicates: {
    ...{ proven: NO_DUPLICATES, probable: NO_DUPLICATES },
    cost: { files: 0, bytes: 0, requests: 0 },
  },
  authors: { files: 0, requests: 0 },
};

/** Lines of a list in the report. */
const MAX_LINES = 20;

/** Work items with as many attachments will soon refuse more. */
const MIN_NEAR_LIMIT = 80;

/** Returns the figures of the files found. */
export function readReport(found: FoundRows): ProjectReport {
  const { snapshot, rows, duplicates } = found;
  const items = new Map<number, ProjectItem>();
  const near = new Map<number, ProjectItem>();
  const largest = createTop(MAX_LINES);
  const oldest = createTop(MAX_LINES);
  // In the order of the segments, one look at each.
  for (const row of rows.slice().sort()) {
    const { segment, file } = snapshot.placeOf(row);
    const index = segment.items[file] ?? 0;
    const id = segment.ids[index] ?? 0;
    const item = items.get(id) ?? itemAt(segment, index, snapshot.isClosed);
    items.set(id, item);
    if (item.fileCount >= MIN_NEAR_LIMIT) near.set(id, item);
    const size = segment.sizes[file] ?? NaN;
    if (size >= 0) largest.add(row, size);
    if (item.isClosed) oldest.add(row, -(segment.addedAt[file] ?? NaN));
  }
  const filesOf = (list: readonly number[]): readonly ProjectFile[] =>
    list.map((row) => snapshot.readRow(row, items, duplicates));
  return {
    largest: filesOf(largest.rows()),
    oldestOnClosed: filesOf(oldest.rows()),
    nearLimit: [...near.values()].sort((a, b) => b.fileCount - a.fileCount || a.id - b.id),
    duplicates: summarizeDuplicates(found),
    authors: authorCostOf(found),
  };
}

/** Collects the rows with the highest values. */
function createTop(count: number) {
  let top: { readonly row: number; readonly value: number }[] = [];
  return {
    add(row: number, value: number): void {
      const last = top[count - 1];
      if (Number.isNaN(value) || (last && value <= last.value)) return;
      top = [...top, { row, value }].sort((a, b) => b.value - a.value).slice(0, count);
    },
    rows: (): readonly number[] => top.map(({ row }) => row),
  };
}
