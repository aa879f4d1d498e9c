import type { WorkItem } from './work-item';

/** A new work item may have been changed by rules and automation of the server already. */
const NEWEST_REVISIONS = 3;

/** What tells a work item that was saved for the first time a moment ago from others. */
export type Origin = Pick<WorkItem, 'revision' | 'type' | 'createdAt'>;

/**
 * Whether nothing speaks against a work item being what became of a new one.
 *
 * @param type `Bug`; empty where it is not known.
 * @param since The earliest moment of its first save, in milliseconds since the epoch.
 */
export function canBeNew(origin: Origin, type: string, since: number): boolean {
  const { revision, createdAt } = origin;
  const isOfType = type === '' || origin.type === '' || origin.type === type;
  return revision <= NEWEST_REVISIONS && isOfType && !(createdAt < since);
}
