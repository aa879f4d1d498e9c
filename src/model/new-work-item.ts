import type { Person } from './person';
import { canBeSame } from './person';
import type { WorkItem } from './work-item';

/** A new work item may have been changed by rules and automation of the server already. */
const NEWEST_REVISIONS = 3;

/** What tells a work item that was saved for the first time a moment ago from others. */
export type Origin = Pick<WorkItem, 'revision' | 'type' | 'createdAt' | 'createdBy'>;

/** What is known of a new work item before it has a number. */
export interface Novelty {
  /** `Bug`; empty where it is not known. */
  readonly type: string;
  /** The earliest moment of its first save, in milliseconds since the epoch. */
  readonly since: number;
  /** Who would save it. */
  readonly by: Person;
}

/** Whether nothing that the server says of a work item speaks against it being what became of a new one. */
export function canBeNew(origin: Origin, { type, since, by }: Novelty): boolean {
  const { revision, createdAt, createdBy } = origin;
  const isOfType = type === '' || origin.type === '' || origin.type === type;
  return revision <= NEWEST_REVISIONS && isOfType && !(createdAt < since) && canBeSame(createdBy, by);
}
