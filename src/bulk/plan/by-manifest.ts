import { firstIndexWhere } from '../../base/bisect';
import type { FileId, ManifestRow, PlanFile, UnmatchedReason, UnusedRow } from './plan';
import { addTo, fold, pathOf } from './plan';

/** Manifest rows matched to the dropped files. */
export interface RowsByFile {
  /** By file, in the order of the manifest. */
  readonly rows: ReadonlyMap<FileId, readonly ManifestRow[]>;
  /** Files of rows with several candidates. */
  readonly ambiguous: ReadonlyMap<FileId, UnmatchedReason>;
  readonly unused: readonly UnusedRow[];
}

/**
 * Matches rows to files: by full path, then by the end of the path (the name alone is the shortest end), then by
 * either ignoring case. A row with `*` matches all files of that form.
 */
export function matchRows(rows: readonly ManifestRow[], files: readonly PlanFile[]): RowsByFile {
  const exactly = indexOf(files, (text) => text.normalize('NFC'));
  const loosely = indexOf(files, looseKey);
  const byName = createWildcardFinder(files.map(({ name }) => looseKey(name)));
  const byPath = createWildcardFinder(files.map((file) => looseKey(`/${pathOf(file)}`)));
  const called = (cell: string): readonly PlanFile[] => {
    const indexes = cell.includes('/') ? byPath(`*/${cell}`) : byName(cell);
    return indexes.flatMap((index) => files[index] ?? []);
  };
  const found = new Map<FileId, ManifestRow[]>();
  const ambiguous = new Map<FileId, UnmatchedReason>();
  const unused: UnusedRow[] = [];
  for (const row of rows) {
    const path = row.file.replace(/\\/g, '/').replace(/^\.?\/+/, '');
    const meant = exactly(path) ?? loosely(path);
    const isWide = !meant && path.includes('*');
    const candidates = meant ?? (isWide ? called(looseKey(path)) : []);
    const fileIds = candidates.map(({ id }) => id);
    if (fileIds.length === 0) unused.push({ row, candidates: [] });
    else if (fileIds.length === 1 || isWide) for (const id of fileIds) addTo(found, id, row);
    else {
      unused.push({ row, candidates: fileIds });
      const reason: UnmatchedReason = { kind: 'ambiguous-file', line: row.line, fileIds };
      for (const id of fileIds) if (!ambiguous.has(id)) ambiguous.set(id, reason);
    }
  }
  return { rows: found, ambiguous, unused };
}

/** Returns a lookup by full path, falling back to the end of the path. Paths are compared by `keyOf`. */
function indexOf(
  files: readonly PlanFile[],
  keyOf: (text: string) => string,
): (path: string) => readonly PlanFile[] | undefined {
  const whole = new Map<string, PlanFile[]>();
  const ends = new Map<string, PlanFile[]>();
  for (const file of files) {
    const path = keyOf(pathOf(file));
    addTo(whole, path, file);
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
      addTo(ends, path.slice(slash + 1), file);
  }
  return (path) => whole.get(keyOf(path)) ?? ends.get(keyOf(path));
}

function looseKey(text: string): string {
  return fold(text.trim());
}

/**
 * Returns a finder for texts that match a cell, with `*` for any text. It searches all texts at once for the longest
 * piece between two `*`, much faster than checking each text.
 *
 * @returns For a cell: indexes into `texts`, ascending.
 */
export function createWildcardFinder(texts: readonly string[]): (cell: string) => readonly number[] {
  const all = texts.join('\n');
  const starts: number[] = [0];
  for (const text of texts) starts.push((starts.at(-1) ?? 0) + text.length + 1);
  return (cell) => {
    const pieces = cell.split('*');
    const longest = pieces.reduce((a, b) => (b.length > a.length ? b : a));
    const found: number[] = [];
    for (let at = all.indexOf(longest); at >= 0 && at < all.length;) {
      const index = firstIndexWhere(texts.length, (text) => (starts[text + 1] ?? Infinity) > at);
      if (matchesPieces(pieces, texts[index] ?? '')) found.push(index);
      at = all.indexOf(longest, starts[index + 1]);
    }
    return found;
  };
}

/**
 * Whether `text` consists of the pieces with any text between them. The first occurrence of a piece is as good as a
 * later one.
 */
function matchesPieces([first = '', ...pieces]: readonly string[], text: string): boolean {
  const last = pieces.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}
