import type { WorkItem, WorkItemUpdate } from './work-item';

/** A work item with its past. */
export interface History {
  current: WorkItem;
  /** One state for each `rev`; a change without a new `rev` replaces the last one. */
  readonly revisions: WorkItem[];
  readonly updates: WorkItemUpdate[];
}

/** Copy that shares the states. */
export function copyOf({ current, revisions, updates }: History): History {
  return { current, revisions: [...revisions], updates: [...updates] };
}

/** Whether a state has the same texts, relations and comments as another. */
export function isSame(a: WorkItem, b: WorkItem): boolean {
  const isSameText = a.fields === b.fields && a.markdownFields === b.markdownFields;
  return isSameText && a.relations === b.relations && a.comments === b.comments;
}
