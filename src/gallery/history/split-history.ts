import type { AttachedFile } from '../model/attached-file';
import { partsOf } from '../model/attached-file';
import { brokenVolumes, joinSplitFiles } from '../model/split-files';
import type { HistoryEntry, RemovedEntry } from './history-model';

/** Joins the entries for the parts of a split file that changed together, each at the place of its first one. */
export function joinEntries(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  return togetherIn(entries).flatMap((together) => {
    const before = joinSplitFiles(together.flatMap((entry) => entry.before ?? []));
    return joinSplitFiles(together.map(({ file }) => file)).flatMap((file) => {
      const entry = together.find((each) => each.file.reference.id === file.reference.id);
      if (!entry || !file.volumes) return entry ?? [];
      const { key, kind, by, at } = entry;
      const old = before.find(({ reference }) => reference.id === file.reference.id);
      return { key, kind, by, at, file, ...(old && { before: old }) };
    });
  });
}

/** Groups neighbors of one kind, author and time. */
function togetherIn(entries: readonly HistoryEntry[]): readonly (readonly HistoryEntry[])[] {
  const groups: HistoryEntry[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    const [first] = last ?? [];
    const isTogether = first?.kind === entry.kind && first.by === entry.by && Object.is(first.at, entry.at);
    if (last && isTogether) last.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

/** A removed file: an attachment, or a split file with all its attachments. */
export interface RemovedRow {
  readonly file: AttachedFile;
  /** At least one. */
  readonly entries: readonly RemovedEntry[];
}

/**
 * Joins the removed attachments that make up split files. Of one with parts that are still attached, each removed part
 * is a row.
 */
export function removedRowsOf(removed: readonly RemovedEntry[]): readonly RemovedRow[] {
  const entryOf = new Map(removed.map((entry) => [entry.file, entry]));
  const rowOf = (file: AttachedFile): RemovedRow => ({
    file,
    entries: partsOf(file).flatMap((part) => entryOf.get(part) ?? []),
  });
  return joinSplitFiles(removed.map(({ file }) => file)).flatMap((file) =>
    file.volumes && brokenVolumes(file.volumes).length > 0 ? partsOf(file).map(rowOf) : [rowOf(file)],
  );
}
