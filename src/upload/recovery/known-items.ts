import type { LinkableAttachment, WorkItem } from '../../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../azure/work-item';
import { linkableOf } from '../link/relation-list';
import { describeWorkItem } from '../messages/work-items';

/** Latest known versions of the work items a frame has shown or attached files to. */
export interface KnownItems {
  readonly has: (id: number) => boolean;
  /** Adds a work item without any facts, unless it is known. */
  readonly add: (id: number) => void;
  /** Stores a work item. Returns `false` if a newer revision is known, since reads may finish out of order. */
  readonly update: (workItem: WorkItem) => boolean;
  /** Type of a work item; empty if unknown. */
  readonly typeOf: (id: number) => string;
  /** Number of attachments on the server; 0 before the first read. */
  readonly countOf: (id: number) => number;
  /** Known attachments of a work item, in their order; none before the first read. */
  readonly attachmentsOf: (id: number) => readonly LinkableAttachment[];
  /** Name of the project of a work item; empty if unknown. */
  readonly projectOf: (id: number) => string;
  /** Whether a work item is known to have an attachment with this name. */
  readonly hasAttachment: (id: number, attachmentId: string, name: string) => boolean;
  /** Whether a work item is known to have an attachment with this name and size in bytes. */
  readonly hasFileLike: (id: number, name: string, size: number) => boolean;
  /** `Bug 7`; `Work item 7` until its type is known. */
  readonly labelOf: (id: number) => string;
}

/** Starts without work items. */
export function createKnownItems(): KnownItems {
  const items = new Map<number, WorkItem | undefined>();
  return {
    has: (id) => items.has(id),

    add(id) {
      if (!items.has(id)) items.set(id, undefined);
    },

    update(workItem) {
      const { id, revision } = workItem;
      if (revision < (items.get(id)?.revision ?? 0)) return false;
      items.set(id, workItem);
      return true;
    },

    typeOf: (id) => items.get(id)?.type ?? '',

    countOf(id) {
      const item = items.get(id);
      return item ? attachmentsOf(item).length : 0;
    },

    attachmentsOf(id) {
      const item = items.get(id);
      return item ? attachmentsOf(item).map(linkableOf) : [];
    },

    projectOf: (id) => items.get(id)?.project ?? '',

    hasAttachment: (id, attachmentId, wanted) =>
      items
        .get(id)
        ?.relations.some(({ url, name }) => attachmentIdOf(url) === attachmentId && name === wanted) ?? false,

    hasFileLike(id, name, size) {
      const item = items.get(id);
      return item
        ? attachmentsOf(item).some((each) => each.name === name && each.attributes['resourceSize'] === size)
        : false;
    },

    labelOf: (id) => describeWorkItem(id, items.get(id)?.type ?? ''),
  };
}
