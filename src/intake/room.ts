import { ATTACHMENTS_PER_WORK_ITEM } from '../model/attachment';
import type { Picked } from './pick-files';

/**
 * Accepts files up to the capacity of the work item and rejects the rest by name before sending.
 *
 * @param taken Attachments on the work item plus uploads in progress.
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
