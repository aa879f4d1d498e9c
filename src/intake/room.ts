import { ATTACHMENTS_PER_WORK_ITEM } from '../model/attachment';
import type { Picked } from './pick-files';

/**
 * Lets as many files through as the work item has room for, and rejects the others by name before a byte is sent.
 *
 * @param taken Attachments that the item has, together with those on their way to it.
 */
export function fitIntoWorkItem(picked: Picked, taken: number): Picked {
  const room = Math.max(0, ATTACHMENTS_PER_WORK_ITEM - taken);
  const surplus = picked.accepted.slice(room).map(({ name, size, folder }) => ({
    name,
    size,
    folder,
    problem: { kind: 'attachment-limit' as const },
  }));
  return {
    accepted: picked.accepted.slice(0, room),
    rejected: [...picked.rejected, ...surplus],
  };
}
