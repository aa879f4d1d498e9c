import type { Person } from '../../azure/person';
import { canBeSame } from '../../azure/person';
import type { WorkItem } from '../../azure/work-item';

/** Rules and automation of the server may have changed a new work item already. */
const MAX_NEW_REVISION = 3;

/** Facts that tell a work item just saved for the first time from others. */
export type Origin = Pick<WorkItem, 'revision' | 'type' | 'createdAt' | 'createdBy'>;

/** Facts about a draft to recognize its work item after the first save. */
export interface DraftFingerprint {
  /** `Bug`; empty while unknown. */
  readonly type: string;
  /** Earliest time of its first save by the clock of this machine, in milliseconds since the epoch. */
  readonly since: number;
  /** Person who would save it. */
  readonly by: Person;
}

/** Largest difference between the clocks of this machine and the server, in milliseconds. */
export const MAX_CLOCK_SKEW_MS = 5 * 60_000;

/** Whether a work item can be the saved draft, by everything the server says about it. */
export function canBeSavedDraft(origin: Origin, draft: DraftFingerprint): boolean {
  const { type, by } = draft;
  const since = draft.since - MAX_CLOCK_SKEW_MS;
  const { revision, createdAt, createdBy } = origin;
  const isOfType = type === '' || origin.type === '' || origin.type === type;
  return revision <= MAX_NEW_REVISION && isOfType && !(createdAt < since) && canBeSame(createdBy, by);
}
