import type { AttachedFile } from './model/attached-file';
import { attachedFilesOf } from './model/attached-file';
import { relatedItemsOf } from '../azure/related-items';
import type { WorkItem } from '../azure/work-item';
import type { Addition } from '../azure/rest/additions';
import type { Attachments } from './attachments';
import type { Member } from './gallery-state';

/** Files attached to a work item, and to its family if requested. */
export interface ReadFiles {
  readonly files: readonly AttachedFile[];
  readonly members: readonly Member[];
}

/** Author and date of attachments, by work item and GUID. They never change, so readers keep them between readings. */
export type KnownAdditions = Map<number, ReadonlyMap<string, Addition>>;

/**
 * Reads the attached files, then their authors. Ignores failures of the second step.
 *
 * @param known Receives the authors.
 * @param onRead Called after each step. Returns whether to continue.
 * @throws StaplerError when the files cannot be read.
 */
export async function readFiles(
  { read, readMany, readAdditions }: Pick<Attachments, 'read' | 'readMany' | 'readAdditions'>,
  { workItemId, withFamily }: { readonly workItemId: number; readonly withFamily: boolean },
  known: KnownAdditions,
  onRead: (read: ReadFiles) => boolean,
): Promise<void> {
  const openItem = await read(workItemId);
  const relatives = withFamily ? relatedItemsOf(openItem) : [];
  const ids = relatives.map((relative) => relative.workItemId);
  const found = ids.length > 0 ? await readMany(ids) : new Map<number, WorkItem>();
  const items = [openItem, ...ids.flatMap((id) => found.get(id) ?? [])];
  const kinships = new Map(relatives.map((relative) => [relative.workItemId, relative.kind]));
  const report = (): boolean =>
    onRead({
      files: items.flatMap((item) => attachedFilesOf(item, known.get(item.id))),
      members: items.map(({ id, type, title }) => ({
        ...{ workItemId: id, type, title },
        kinship: kinships.get(id) ?? 'own',
      })),
    });
  if (!report()) return;
  for (const item of items) {
    if (item !== openItem && attachedFilesOf(item).length === 0) continue;
    const additions = await readAdditions(item.id).catch(() => undefined);
    if (additions) known.set(item.id, additions);
    if (!report()) return;
  }
}
