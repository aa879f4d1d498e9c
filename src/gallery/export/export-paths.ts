import type { WorkItem } from '../../azure/work-item';
import { entryPaths, safeName, safePath } from '../model/entry-names';

/** Arrangement of exported files: a folder for each work item, or one for all. */
export type ExportLayout = 'folders' | 'flat';

/** Maximum length of the type in the name of a folder, in characters. The number must have room. */
const MAX_TYPE_LENGTH = 40;

/**
 * Returns paths for new files of a work item: valid on every system, and different from each other and from `taken`
 * ones regardless of case.
 *
 * @param names As in Azure DevOps.
 * @param taken Paths of the files that the export has of this work item.
 */
export function exportPaths(
  item: Pick<WorkItem, 'id' | 'type' | 'title'>,
  names: readonly string[],
  taken: readonly string[],
  layout: ExportLayout,
): readonly string[] {
  // A work item with a new title keeps its folder.
  const folder = layout === 'flat' ? '' : (taken[0]?.split('/')[0] ?? folderOf(item));
  const places = names.map((name) => ({
    folder,
    name: layout === 'flat' ? `${item.id} ${finishedName(name)}` : finishedName(name),
  }));
  return entryPaths(places, taken);
}

/** Returns a name that is valid on every system, and never that of an unfinished file. */
export function finishedName(name: string): string {
  return safeName(name).replace(/\.part$/i, '$&_');
}

/** `Bug 7 Crash`. No two work items have the same folder: the first number after a space is that of the work item. */
function folderOf({ id, type, title }: Pick<WorkItem, 'id' | 'type' | 'title'>): string {
  const words = Array.from(type.trim() || 'Work item').slice(0, MAX_TYPE_LENGTH);
  const label = words.join('').replace(/ (?=\d)/g, '-');
  return safePath(`${label} ${id} ${title}`.replace(/\//g, '_'));
}
