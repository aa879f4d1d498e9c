import { attachmentIdOf } from '../../azure/attachment';
import type { WorkItem } from '../../azure/work-item';
import { attachmentsOf } from '../../azure/work-item';
import { describeWorkItem } from '../messages/work-items';

/** The work items that one frame has shown or attached to, as they were seen last. */
export interface KnownItems {
  readonly has: (id: number) => boolean;
  /** The form shows it; nothing else is known of it yet. */
  readonly see: (id: number) => void;
  /** Takes in what was read; `false` where something newer is known: an old read may answer last. */
  readonly learn: (workItem: WorkItem) => boolean;
  /** Attachments that it has on the server; 0 while it was not read. */
  readonly countOf: (id: number) => number;
  /** Whether it is known to have the attachment of this id. */
  readonly holds: (id: number, attachmentId: string) => boolean;
  /** Whether it is known to have an attachment of this name and size, in bytes. */
  readonly holdsLike: (id: number, name: string, size: number) => boolean;
  /** `Bug 7`; `Work item 7` while its type is not known. */
  readonly labelOf: (id: number) => string;
}

/** None at first. */
export function createKnownItems(): KnownItems {
  const items = new Map<number, WorkItem | undefined>();
  return {
    has: (id) => items.has(id),

    see(id) {
      if (!items.has(id)) items.set(id, undefined);
    },

    learn(workItem) {
      const { id, revision } = workItem;
      if (revision < (items.get(id)?.revision ?? 0)) return false;
      items.set(id, workItem);
      return true;
    },

    countOf(id) {
      const item = items.get(id);
      return item ? attachmentsOf(item).length : 0;
    },

    holds: (id, attachmentId) =>
      items.get(id)?.relations.some(({ url }) => attachmentIdOf(url) === attachmentId) ?? false,

    holdsLike(id, name, size) {
      const item = items.get(id);
      return item
        ? attachmentsOf(item).some((each) => each.name === name && each.attributes['resourceSize'] === size)
        : false;
    },

    labelOf: (id) => describeWorkItem(id, items.get(id)?.type ?? ''),
  };
}
