import type { AttachmentReference } from '../../../azure/work-item';
import { isNumbers, textAt, wordAt } from '../model/columns';
import type { Segment } from '../model/segment';
import { guidAt, isSegment, partsAt } from '../model/segment';
import { openExisting, segmentsOf } from './database';
import { isIndexMeta } from './index-meta';

/** A file in a stored index. */
export interface StoredRow {
  readonly workItemId: number;
  readonly reference: AttachmentReference;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Time of attaching, in milliseconds since the epoch; `NaN` if unknown. */
  readonly addedAt: number;
}

const TABLES = ['indexes', 'segments', 'sizes'] as const;

/**
 * Finds the files of these sizes in a stored index, without a write. An index of another version, or a damaged one, has
 * none.
 *
 * @param partition Organization, project and person.
 * @param sizes In bytes.
 * @throws DOMException if the browser refuses.
 */
export async function findBySize(
  partition: string,
  sizes: ReadonlySet<number>,
): Promise<readonly StoredRow[]> {
  const db = await openExisting();
  try {
    if (!TABLES.every((table) => db.objectStoreNames.contains(table))) return [];
    const tx = db.transaction(TABLES, 'readonly');
    const stored = await tx.objectStore('indexes').get(partition);
    if (!isIndexMeta(stored?.meta)) return [];
    const range = segmentsOf(partition);
    const [keys, columns] = await Promise.all([
      tx.objectStore('sizes').getAllKeys(range),
      tx.objectStore('sizes').getAll(range),
    ]);
    const matching = keys.filter((_key, index) => hasAny(columns[index], sizes));
    const segments = await Promise.all(matching.map((key) => tx.objectStore('segments').get(key)));
    return segments.filter(isSegment).flatMap((segment) => rowsOf(segment, sizes));
  } finally {
    db.close();
  }
}

function hasAny(column: unknown, sizes: ReadonlySet<number>): boolean {
  return isNumbers('Float64Array', column) && column.some((size) => sizes.has(size));
}

function rowsOf(segment: Segment, sizes: ReadonlySet<number>): readonly StoredRow[] {
  return Array.from(segment.sizes).flatMap((size, file): StoredRow[] => {
    // No attachment has the bytes of a split file.
    if (!sizes.has(size) || partsAt(segment, file)) return [];
    const id = guidAt(segment, file);
    const workItemId = segment.ids[segment.items[file] ?? 0] ?? 0;
    return [
      {
        ...{ workItemId, size, name: textAt(segment.names, file) },
        reference: { id, url: wordAt(segment.places, file) + id },
        addedAt: segment.addedAt[file] ?? NaN,
      },
    ];
  });
}
