import type { DuplicateSet, DuplicateSummary, ProjectFile, ProjectItem } from '../project-index';
import { conditionForDuplicatesOf } from './duplicate-answer';
import { costOf, sizesToCompare } from './compare-cost';
import type { Duplicates } from './duplicates';
import { guidAt } from './segment';
import type { Snapshot } from './snapshot';

/** Files of a result, with what is known about all files. */
export interface FoundFiles {
  readonly snapshot: Snapshot;
  readonly duplicates: Duplicates;
  /** In order of the result. */
  readonly rows: Uint32Array;
}

/** Found files with the same content, or probably the same; at least two attachments. */
interface FoundSet {
  readonly group: number;
  readonly isProven: boolean;
  /** Of each file, in bytes. */
  readonly size: number;
  /** The oldest first. */
  readonly rows: readonly number[];
  /** Number of attachments besides the oldest. */
  readonly copies: number;
  /** Rows to remove: the oldest stays, and each attachment that a text or a file outside the result uses. */
  readonly removable: readonly number[];
  readonly freedBytes: number;
}

/** Returns the figures of the duplicates among found files. */
export function summarizeDuplicates(found: FoundFiles): DuplicateSummary {
  const sets = setsIn(found);
  const [proven, probable] = [true, false].map((isProven) => {
    const some = sets.filter((set) => set.isProven === isProven);
    const sum = (read: (set: FoundSet) => number): number =>
      some.reduce((total, set) => total + read(set), 0);
    return {
      groups: some.length,
      copyBytes: sum(({ copies, size }) => copies * size),
      freedBytes: sum(({ freedBytes }) => freedBytes),
    };
  });
  const none = { groups: 0, copyBytes: 0, freedBytes: 0 };
  return { proven: proven ?? none, probable: probable ?? none, cost: costOf(found) };
}

/** Returns groups of duplicates among found files, those that free the most bytes first. */
export function readDuplicateSets(found: FoundFiles, start: number, count: number): readonly DuplicateSet[] {
  const items = new Map<number, ProjectItem>();
  return setsIn(found)
    .slice(start, start + count)
    .map(({ isProven, size, rows, copies, freedBytes }) => {
      const files = rows.map((row) => found.snapshot.readRow(row, items, found.duplicates));
      const condition = conditionForDuplicatesOf(files[0]?.reference.id ?? '');
      return { condition, isProven, size, files, copies, freedBytes };
    });
}

/** Returns the positions in the result of all files to remove from proven groups, ascending. */
export function readCopies(found: FoundFiles): readonly number[] {
  const chosen = new Set(setsIn(found).flatMap(({ isProven, removable }) => (isProven ? removable : [])));
  const positions: number[] = [];
  for (const [position, row] of found.rows.entries()) if (chosen.has(row)) positions.push(position);
  return positions;
}

/** Returns found files whose contents a comparison needs: those of one size follow each other. */
export function readCandidates(found: FoundFiles, start: number, count: number): readonly ProjectFile[] {
  const items = new Map<number, ProjectItem>();
  return sizesToCompare(found)
    .flatMap(({ rows }) => rows)
    .slice(start, start + count)
    .map((row) => found.snapshot.readRow(row, items, found.duplicates));
}

const knownSets = new WeakMap<FoundFiles, readonly FoundSet[]>();

/** Finds the groups once. */
function setsIn(found: FoundFiles): readonly FoundSet[] {
  const sets = knownSets.get(found) ?? findSets(found);
  knownSets.set(found, sets);
  return sets;
}

function findSets(found: FoundFiles): readonly FoundSet[] {
  const { duplicates, rows } = found;
  const byGroup = new Map<number, number[]>();
  for (const row of rows) {
    const group = duplicates.groups[row] ?? 0;
    if (group === 0) continue;
    const known = byGroup.get(group);
    if (known) known.push(row);
    else byGroup.set(group, [row]);
  }
  const uses = countUses(found, byGroup);
  return [...byGroup]
    .flatMap(([group, some]) => setOf(found, group, some, uses) ?? [])
    .sort(
      (a, b) => b.freedBytes - a.freedBytes || b.copies * b.size - a.copies * a.size || a.group - b.group,
    );
}

/** Uses of an attachment in the whole project. */
interface Uses {
  links: number;
  isInText: boolean;
}

function countUses(
  { snapshot, duplicates }: FoundFiles,
  byGroup: ReadonlyMap<number, unknown>,
): ReadonlyMap<string, Uses> {
  const uses = new Map<string, Uses>();
  for (let row = 0; row < snapshot.count; row++) {
    if (!byGroup.has(duplicates.groups[row] ?? 0)) continue;
    const { segment, file } = snapshot.placeOf(row);
    const id = guidAt(segment, file);
    const known = uses.get(id) ?? { links: 0, isInText: false };
    known.links++;
    if (segment.inText[file] === 1) known.isInText = true;
    uses.set(id, known);
  }
  return uses;
}

function setOf(
  { snapshot, duplicates }: FoundFiles,
  group: number,
  rows: readonly number[],
  uses: ReadonlyMap<string, Uses>,
): FoundSet | undefined {
  const files = rows
    .map((row) => {
      const { segment, file } = snapshot.placeOf(row);
      const addedAt = segment.addedAt[file] ?? NaN;
      // An unknown time counts as late.
      const time = Number.isNaN(addedAt) ? Number.MAX_SAFE_INTEGER : addedAt;
      return { row, id: guidAt(segment, file), time, size: segment.sizes[file] ?? 0 };
    })
    .sort((a, b) => a.time - b.time || a.row - b.row);
  const rowsOf = new Map<string, number[]>();
  for (const { row, id } of files) rowsOf.set(id, [...(rowsOf.get(id) ?? []), row]);
  if (rowsOf.size < 2) return undefined;
  const removable = [...rowsOf].slice(1).filter(([id, own]) => {
    const known = uses.get(id);
    return known?.links === own.length && !known.isInText;
  });
  const size = files[0]?.size ?? 0;
  return {
    ...{ group, size, isProven: duplicates.proven[group] === 1, copies: rowsOf.size - 1 },
    rows: files.map(({ row }) => row),
    removable: removable.flatMap(([, own]) => own),
    freedBytes: size * removable.length,
  };
}
