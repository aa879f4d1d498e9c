import type { ItemAuthors } from '../project-index';
import type { FileEntry, ItemEntry } from './item-entry';
import type { Segment } from './segment';
import { packSegment, segmentKeyOf, unpackSegment } from './segment';

/** Work items by number, in segments. */
export interface ItemTable {
  readonly segments: () => readonly Segment[];
  readonly items: () => number;
  readonly files: () => number;
  readonly ids: () => ReadonlySet<number>;
  /** Replaces work items, in steps of one segment; `undefined` removes one. */
  readonly change: (changes: ReadonlyMap<number, ItemEntry | undefined>) => Generator<void, void>;
  /** Adds authors of files without one, in steps of one segment. @returns The number of these files. */
  readonly addAuthors: (items: readonly ItemAuthors[]) => Generator<void, number>;
  /** Returns the segments changed since the last call, by key; `undefined` for those without work items. */
  readonly takeChanges: () => ReadonlyMap<number, Segment | undefined>;
}

/** Creates a table from stored segments, by key. */
export function createItemTable(stored: ReadonlyMap<number, Segment> = new Map()): ItemTable {
  const byKey = new Map(stored);
  const changed = new Set<number>();
  /** Newest known revisions of work items that have no files any more: an older answer may come later. */
  const gone = new Map<number, number>();
  let [items, files] = [0, 0];
  for (const segment of byKey.values()) count(segment, 1);

  function count(segment: Segment | undefined, sign: 1 | -1): void {
    items += sign * (segment?.ids.length ?? 0);
    files += sign * (segment?.sizes.length ?? 0);
  }

  /** @returns The entry to keep. */
  function merge(id: number, old: ItemEntry | undefined, next: ItemEntry | undefined): ItemEntry | undefined {
    if (!next) return undefined;
    if (next.revision < Math.max(old?.revision ?? 0, gone.get(id) ?? 0)) return old;
    if (next.files.length > 0) return { ...next, files: withKnownPeople(next.files, old?.files ?? []) };
    gone.set(id, next.revision);
    return undefined;
  }

  return {
    segments: () => [...byKey].sort(([a], [b]) => a - b).map(([, segment]) => segment),
    items: () => items,
    files: () => files,
    ids: () => new Set([...byKey.values()].flatMap(({ ids }) => [...ids])),

    *change(changes) {
      const byKeyOfChange = new Map<number, number[]>();
      for (const id of changes.keys()) {
        const key = segmentKeyOf(id);
        byKeyOfChange.set(key, [...(byKeyOfChange.get(key) ?? []), id]);
      }
      for (const [key, ids] of byKeyOfChange) {
        const old = byKey.get(key);
        const entries = new Map((old ? unpackSegment(old) : []).map((entry) => [entry.id, entry]));
        for (const id of ids) {
          const entry = merge(id, entries.get(id), changes.get(id));
          if (entry) entries.set(id, entry);
          else entries.delete(id);
        }
        const next = packSegment([...entries.values()]);
        count(old, -1);
        count(next, 1);
        if (next) byKey.set(key, next);
        else byKey.delete(key);
        if (old ?? next) changed.add(key);
        yield;
      }
    },

    *addAuthors(items) {
      const byId = new Map(items.map(({ workItemId, authors }) => [workItemId, authors]));
      const keys = new Set(items.map(({ workItemId }) => segmentKeyOf(workItemId)));
      let added = 0;
      for (const key of keys) {
        const old = byKey.get(key);
        if (!old) continue;
        const before = added;
        const entries = unpackSegment(old).map((entry) => {
          const files = withAuthors(entry.files, byId.get(entry.id));
          added += entry.files.filter((file, index) => files[index] !== file).length;
          return { ...entry, files };
        });
        const next = added > before ? packSegment(entries) : undefined;
        if (next) {
          byKey.set(key, next);
          changed.add(key);
        }
        yield;
      }
      return added;
    },

    takeChanges() {
      const taken = new Map([...changed].map((key) => [key, byKey.get(key)]));
      changed.clear();
      return taken;
    },
  };
}

/** Authors are known for some time only: a work item tells those of its first and last revision. */
function withKnownPeople(files: readonly FileEntry[], old: readonly FileEntry[]): readonly FileEntry[] {
  return withAuthors(files, new Map(old.map(({ id, addedBy }) => [id, addedBy])));
}

/** Adds the authors of files without one. The other files stay the same objects. */
function withAuthors(
  files: readonly FileEntry[],
  authors: ReadonlyMap<string, string> | undefined,
): readonly FileEntry[] {
  return files.map((file) => {
    const addedBy = file.addedBy === '' ? authors?.get(file.id) : undefined;
    return addedBy === undefined || addedBy === '' ? file : { ...file, addedBy };
  });
}
