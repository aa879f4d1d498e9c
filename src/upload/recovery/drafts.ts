import type { Host } from '../../azure/host/host';
import type { Person, WorkItem } from '../../azure/work-item';
import { canBeSame } from '../../azure/work-item';
import type { Runtime } from '../../base/runtime';
import type { UploadService } from '../upload-service';
import type { DraftFacts } from './channel/protocol';

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

/** Whether a work item existed at `time`, by everything the server says about it. */
export function existedBefore({ revision, createdAt }: Origin, time: number): boolean {
  return revision > MAX_NEW_REVISION && createdAt < time - MAX_CLOCK_SKEW_MS;
}

/** Returns a work item with its date by the clock of this machine; unchanged if the server does not tell its time. */
export async function withLocalDate<Item extends Pick<Origin, 'createdAt'>>(
  item: Item,
  { readServerTime, now }: { readonly readServerTime: () => Promise<number>; readonly now: () => number },
): Promise<Item> {
  try {
    return { ...item, createdAt: item.createdAt - (await readServerTime()) + now() };
  } catch {
    return item;
  }
}

/** The new work item in the form. */
export interface Draft {
  readonly facts: Omit<DraftFacts, 'isAwaitingFiles'>;
  /** Id used by the host, 0 or negative. */
  readonly hostId: number;
}

/** New work items of one frame, until each is saved or closed. */
export interface Drafts {
  /** The draft in the form, if any. */
  readonly current: () => Draft | undefined;
  /** Starts a draft, closing the current one. Returns `undefined` if the current one has this id. */
  readonly open: (hostId: number) => Draft | undefined;
  /** Sets the type of a draft after the host has reported it. */
  readonly setType: (draftId: string, type: string) => void;
  /** Ends the current draft as closed without a save, unless `claimClosed` follows in a moment. */
  readonly close: () => void;
  /** Whether a draft was closed a moment ago. */
  readonly hasClosed: () => boolean;
  /** Marks the draft closed last as saved with this number. `decide` or `deny` follows. */
  readonly claimClosed: (workItemId: number) => void;
  /**
   * Ends the current draft as saved with this number or closed. `decide` or `deny` follows.
   *
   * @param options.isClaimed Whether the host has reported a save. Then the draft is back if it was of another item.
   */
  readonly endUnverified: (workItemId: number, options: { readonly isClaimed: boolean }) => void;
  /** Counts a revision that this frame has added to an unverified work item: it says nothing about the age of the item. */
  readonly addRevision: (workItemId: number) => void;
  /** Whether a draft may have become this work item. */
  readonly isUnverified: (workItemId: number) => boolean;
  /** Whether only its date speaks against an unverified work item, so that the clocks must be compared. */
  readonly dependsOnClock: (workItem: WorkItem) => boolean;
  /** Decides by the facts of the server whether an unverified work item is the saved draft. */
  readonly decide: (workItem: WorkItem) => void;
  /** Decides about an unverified work item that this person cannot read: the draft only if the host said so. */
  readonly deny: (workItemId: number) => void;
}

/** A draft with a possible work item. */
interface UnverifiedDraft extends Draft {
  /** Whether the host has reported its save. */
  readonly isClaimed: boolean;
  /** Whether the host had reported its end before. */
  readonly isClosed: boolean;
  /** Time in milliseconds since the epoch. */
  readonly at: number;
  /** Number of revisions that this frame has added since. */
  readonly addedRevisions: number;
}

/** Dependencies of `createDrafts`. */
export interface DraftsOptions {
  readonly queue: Pick<UploadService['queue'], 'draftSaved' | 'draftAbandoned'>;
  readonly runtime: Pick<Runtime, 'now' | 'setTimer'>;
  readonly getPerson: Host['getPerson'];
  /** Prefix that makes ids of drafts unique across frames. */
  readonly idPrefix: string;
}

/** Time for a report of the save after the end of its form, in milliseconds. */
const MAX_LATE_SAVE_MS = 5_000;

/** Starts without a draft. */
export function createDrafts({ queue, runtime, getPerson, idPrefix }: DraftsOptions): Drafts {
  const { now, setTimer } = runtime;
  const unverified = new Map<number, UnverifiedDraft>();
  const closed = new Set<Draft>();
  let draft: Draft | undefined;
  let count = 0;

  /** Ends the current draft and returns it. */
  function end(): Draft | undefined {
    const ended = draft;
    draft = undefined;
    return ended;
  }

  function close(): void {
    const ended = end();
    if (!ended) return;
    closed.add(ended);
    setTimer(MAX_LATE_SAVE_MS, () => {
      if (closed.delete(ended)) queue.draftAbandoned(ended.facts.draftId);
    });
  }

  function settle(workItemId: number, isSaved: (ended: UnverifiedDraft) => boolean): void {
    const ended = unverified.get(workItemId);
    if (!ended) return;
    unverified.delete(workItemId);
    const { facts, hostId, isClaimed, isClosed } = ended;
    if (isSaved(ended)) queue.draftSaved(facts.draftId, workItemId);
    else if (isClaimed && !isClosed && !draft) draft = { facts, hostId };
    else queue.draftAbandoned(facts.draftId);
  }

  function canBe(workItem: WorkItem, { facts: { type }, at, addedRevisions }: UnverifiedDraft): boolean {
    const origin = { ...workItem, revision: workItem.revision - addedRevisions };
    return canBeSavedDraft(origin, { type, since: at, by: getPerson() });
  }

  function endAs(
    workItemId: number,
    ended: Draft,
    how: Pick<UnverifiedDraft, 'isClaimed' | 'isClosed'>,
  ): void {
    unverified.set(workItemId, { ...ended, ...how, at: now(), addedRevisions: 0 });
  }

  return {
    current: () => draft,

    open(hostId) {
      if (draft && draft.hostId === hostId) return undefined;
      close();
      draft = { facts: { draftId: `${idPrefix}draft ${++count}`, openedAt: now(), type: '' }, hostId };
      return draft;
    },

    setType(draftId, type) {
      if (draft?.facts.draftId === draftId) draft = { ...draft, facts: { ...draft.facts, type } };
    },

    close,

    endUnverified(workItemId, { isClaimed }) {
      const ended = end();
      if (ended) endAs(workItemId, ended, { isClaimed, isClosed: false });
    },

    hasClosed: () => closed.size > 0,

    claimClosed(workItemId) {
      const last = [...closed].pop();
      if (!last) return;
      closed.delete(last);
      endAs(workItemId, last, { isClaimed: true, isClosed: true });
    },

    addRevision(workItemId) {
      const ended = unverified.get(workItemId);
      if (ended) unverified.set(workItemId, { ...ended, addedRevisions: ended.addedRevisions + 1 });
    },

    isUnverified: (workItemId) => unverified.has(workItemId),

    dependsOnClock(workItem) {
      const ended = unverified.get(workItem.id);
      return ended !== undefined && !canBe(workItem, ended) && canBe({ ...workItem, createdAt: NaN }, ended);
    },

    decide(workItem) {
      settle(workItem.id, (ended) => canBe(workItem, ended));
    },

    deny: (workItemId) => settle(workItemId, ({ isClaimed }) => isClaimed),
  };
}
