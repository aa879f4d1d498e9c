import { notInRecycleBin } from './refusals';
import type { WorkItem, WorkItemUpdate } from './work-item';

/** Deleted work item with its past. */
export interface DeletedWorkItem {
  readonly revisions: readonly WorkItem[];
  readonly updates: readonly WorkItemUpdate[];
  /** ISO time. */
  readonly deletedDate: string;
}

/** Deleted work items, until they are restored. */
export class RecycleBin {
  private readonly deleted = new Map<number, DeletedWorkItem>();

  /** In the order of their deletion. */
  get all(): readonly DeletedWorkItem[] {
    return [...this.deleted.values()];
  }

  /** Throws the service's refusal if there is none. */
  find(id: number): DeletedWorkItem {
    const found = this.deleted.get(id);
    if (found === undefined) throw notInRecycleBin(id);
    return found;
  }

  put(item: DeletedWorkItem): void {
    this.deleted.set(lastRevision(item).id, item);
  }

  /** Removes and returns one. Throws the service's refusal if there is none. */
  take(id: number): DeletedWorkItem {
    const found = this.find(id);
    this.deleted.delete(id);
    return found;
  }
}

/** State at the time of the deletion. */
export function lastRevision({ revisions }: DeletedWorkItem): WorkItem {
  const last = revisions.at(-1);
  if (last === undefined) throw new RangeError('a work item has no revision');
  return last;
}
