import type { WorkItem } from '../../model/work-item';
import { readWorkItemIds } from '../../plan/work-item-ids';
import type { Attachments } from '../attachments';

/** A work item that files may go to. */
export type Target = Pick<WorkItem, 'id' | 'type' | 'title' | 'state'>;

/** So many are offered to choose from. */
const MOST_TARGETS = 10;

/**
 * The work items that a person may mean: those of the numbers and addresses in the text, and those whose titles have its
 * words, in the project of the work item `near`.
 *
 * @throws StaplerError when they cannot be read, CancelledError after an abort.
 */
export async function findTargets(
  { read, readMany, findByTitle }: Pick<Attachments, 'read' | 'readMany' | 'findByTitle'>,
  { text, near }: { readonly text: string; readonly near: number },
  signal: AbortSignal,
): Promise<readonly Target[]> {
  const words = text.split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const { ids } = readWorkItemIds(text);
  // `Bug 9` is a number, and may be a title as well.
  const isTitle = /\p{L}/u.test(text) && !text.includes('://');
  const meant = [...ids, ...(isTitle ? await byTitle() : [])];
  const found = [...new Set(meant)].slice(0, MOST_TARGETS);
  const items = found.length > 0 ? await readMany(found, signal) : new Map<number, WorkItem>();
  return found.flatMap((id) => items.get(id) ?? []);

  async function byTitle(): Promise<readonly number[]> {
    const { project } = await read(near);
    return findByTitle({ words, project, maxResults: MOST_TARGETS }, signal);
  }
}
