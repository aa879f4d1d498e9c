import { organizationUrls } from '../../azure/organization-urls';
import type { WorkItem } from '../../azure/work-item';
import { readWorkItemIds } from '../../bulk/plan/work-item-ids';
import type { Attachments } from '../attachments';

/** Work item to copy or move files to. */
export type Target = Pick<WorkItem, 'id' | 'type' | 'title' | 'state'>;

/** Most work items to choose from. */
const MAX_TARGETS = 10;

/**
 * Finds work items by the numbers and addresses in a text, and by the words of their titles.
 *
 * @param near Work item in the project to search.
 * @throws StaplerError when the work items cannot be read, CancelledError after an abort.
 */
export async function findTargets(
  {
    read,
    readMany,
    findByTitle,
    getBaseUrl,
  }: Pick<Attachments, 'read' | 'readMany' | 'findByTitle' | 'getBaseUrl'>,
  { text, near }: { readonly text: string; readonly near: number },
  signal: AbortSignal,
): Promise<readonly Target[]> {
  const words = text.split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const { ids } = readWorkItemIds(text, organizationUrls(await getBaseUrl()));
  // `Bug 9` contains a number and may be a title as well.
  const isTitle = /\p{L}/u.test(text) && !text.includes('://');
  const candidates = [...ids, ...(isTitle ? await byTitle() : [])];
  const found = [...new Set(candidates)].slice(0, MAX_TARGETS);
  const items = found.length > 0 ? await readMany(found, signal) : new Map<number, WorkItem>();
  return found.flatMap((id) => items.get(id) ?? []);

  async function byTitle(): Promise<readonly number[]> {
    const { project } = await read(near);
    return findByTitle({ words, project, maxResults: MAX_TARGETS }, signal);
  }
}
