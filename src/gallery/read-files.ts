import type { AttachedFile } from '../attached/attached-file';
import { attachedFilesOf } from '../attached/attached-file';
import { relatedItemsOf } from '../attached/related-items';
import type { WorkItem } from '../model/work-item';
import type { Addition } from '../rest/additions';
import type { Attachments } from './attachments';
import type { Member } from './gallery-state';

/** What is attached to a work item, and to its family where that is wanted. */
export interface ReadFiles {
  readonly files: readonly AttachedFile[];
  readonly members: readonly Member[];
}

/** Who attached what, by work item and GUID. It stays true, so that a reader keeps it from one reading to the next. */
export type KnownAdditions = Map<number, ReadonlyMap<string, Addition>>;

/**
 * Reads what is attached, and then who attached it, which is worth waiting for and not worth an error.
 *
 * @param known Gets what is learned of who attached what.
 * @param onRead Told each time more is known. Returns whether anybody still wants to know.
 * @throws StaplerError when it cannot be read.
 */
export async function readFiles(
  { read, readMany, readAdditions }: Pick<Attachments, 'read' | 'readMany' | 'readAdditions'>,
  { workItemId, withFamily }: { readonly workItemId: number; readonly withFamily: boolean },
  known: KnownAdditions,
  onRead: (read: ReadFiles) => boolean,
): Promise<void> {
  const own = await read(workItemId);
  const relatives = withFamily ? relatedItemsOf(own) : [];
  const ids = relatives.map((relative) => relative.workItemId);
  const found = ids.length > 0 ? await readMany(ids) : new Map<number, WorkItem>();
  const items = [own, ...ids.flatMap((id) => found.get(id) ?? [])];
  const kinships = new Map(relatives.map((relative) => [relative.workItemId, relative.kind]));
  const tell = (): boolean =>
    onRead({
      files: items.flatMap((item) => attachedFilesOf(item, known.get(item.id))),
      members: items.map(({ id, type, title }) => ({
        ...{ workItemId: id, type, title },
        kinship: kinships.get(id) ?? 'own',
      })),
    });
  if (!tell()) return;
  for (const item of items) {
    if (item !== own && attachedFilesOf(item).length === 0) continue;
    const additions = await readAdditions(item.id).catch(() => undefined);
    if (additions) known.set(item.id, additions);
    if (!tell()) return;
  }
}
