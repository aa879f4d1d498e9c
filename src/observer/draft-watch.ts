import type { DraftFacts } from '../handover/pending';
import type { Group } from '../handover/receiver';
import type { FormEvent } from '../host/host';
import type { LinkableAttachment } from '../model/attachment';
import type { Person } from '../model/person';
import { canBeSame } from '../model/person';
import type { Surroundings } from '../model/surroundings';
import type { WorkItemOrigin } from '../rest/work-item-origin';

/** What the watch is made of. */
export interface DraftWatchOptions {
  readonly readOrigin: (workItemId: number) => Promise<WorkItemOrigin>;
  /** Who is signed in. */
  readonly getPerson: () => Person;
  readonly surroundings: Pick<Surroundings, 'now' | 'later'>;
  /** A draft that was left got its number. */
  readonly onSaved: (workItemId: number, files: readonly LinkableAttachment[], turn: number) => void;
  /** A draft that was left may have been saved, and nobody can tell as which work item. */
  readonly onDoubt: (draft: DraftFacts, files: readonly LinkableAttachment[], turn: number) => void;
}

/** Finds out what becomes of new work items whose group is gone before they have a number. */
export interface DraftWatch {
  readonly onFormEvent: (event: FormEvent) => void;
  readonly onPending: (group: Group) => void;
  readonly onGone: (group: Group) => void;
}

/** A new work item that a group told of. */
interface Draft {
  readonly facts: DraftFacts;
  readonly sender: string;
  readonly turn: number;
  files: readonly LinkableAttachment[];
  /** When its group, which was there, knew it no more: it was saved or closed. */
  vanishedAt?: number;
  /** Whether its group is gone, and we are to find it. */
  isLeft: boolean;
}

/** A work item that this tab had not heard of before. */
interface Arrival {
  readonly workItemId: number;
  readonly at: number;
  /** Told by `saved`. What is told by `loaded` may also be an item that somebody opened. */
  readonly isSaved: boolean;
}

/** A draft that was not saved by then was closed. In milliseconds. */
const SAVED_WITHIN_MS = 15_000;

/** The event of a save may come before we know that the group is gone. In milliseconds. */
const HEARD_BEFORE_MS = 10_000;

/** A group and we hear of one save at about the same time. In milliseconds. */
const SAME_TIME_MS = 3_000;

/** So far may the clocks of this machine and the server be apart, in milliseconds. */
const CLOCKS_APART_MS = 60_000;

/** A new work item may have been changed by rules and automation of the server already. */
const NEWEST_REVISIONS = 3;

/**
 * A draft is recognised by the number that comes up in this tab, and by what the server says of that work item. Where
 * that fits two drafts, it is neither: a file on the wrong work item is worse than one that has to be dropped again.
 */
export function createDraftWatch(options: DraftWatchOptions): DraftWatch {
  const { readOrigin, getPerson, surroundings, onSaved, onDoubt } = options;
  const { now, later } = surroundings;
  const heard = new Set<number>();
  const drafts = new Set<Draft>();
  /** Those of which no draft is known to have become them. */
  const arrivals = new Set<Arrival>();

  function draftsOf(sender: string): readonly Draft[] {
    return [...drafts].filter((draft) => draft.sender === sender);
  }

  function couldBe(draft: Draft, { at, isSaved }: Arrival, origin: WorkItemOrigin): boolean {
    const { facts, vanishedAt = Infinity } = draft;
    const madeSince = (isSaved ? facts.openedAt : at) - CLOCKS_APART_MS;
    return (
      at - vanishedAt < SAME_TIME_MS &&
      origin.revision <= NEWEST_REVISIONS &&
      (facts.type === '' || origin.type === facts.type) &&
      origin.createdAt >= madeSince &&
      canBeSame(origin.createdBy, getPerson())
    );
  }

  async function consider(arrival: Arrival): Promise<void> {
    const candidates = [...drafts].filter(({ facts }) => facts.openedAt <= arrival.at);
    if (!candidates.some(isOrphaned)) return;
    let fitting: readonly Draft[] = [];
    let isKnown = true;
    try {
      const origin = await readOrigin(arrival.workItemId);
      fitting = candidates.filter((draft) => couldBe(draft, arrival, origin));
    } catch {
      isKnown = false;
    }
    if (!arrivals.has(arrival)) return;
    const [found, ...others] = fitting;
    if (found && others.length === 0) {
      arrivals.delete(arrival);
      // One whose group is there is that group's business.
      if (isOrphaned(found)) onSaved(arrival.workItemId, takeFiles(found), found.turn);
    } else if (fitting.length > 0 || arrival.isSaved || !isKnown) {
      const doubtful = fitting.length > 0 ? fitting : candidates;
      for (const draft of doubtful.filter(isOrphaned)) onDoubt(draft.facts, takeFiles(draft), draft.turn);
    }
  }

  return {
    onFormEvent({ type, workItemId }) {
      if (!(workItemId > 0) || heard.has(workItemId)) return;
      heard.add(workItemId);
      if (type !== 'saved' && type !== 'loaded') return;
      const arrival = { workItemId, at: now(), isSaved: type === 'saved' };
      arrivals.add(arrival);
      void consider(arrival);
    },

    onPending({ sender, turn, pending: { draft: facts, links } }) {
      for (const { target } of links) if (target.kind === 'work-item') heard.add(target.id);
      for (const draft of draftsOf(sender)) {
        if (draft.facts.draftId === facts?.draftId) {
          drafts.delete(draft);
          continue;
        }
        const saved = links.filter(({ target }) => target.kind === 'work-item').map(idOf);
        draft.files = draft.files.filter(({ reference }) => !saved.includes(reference.id));
        if (draft.vanishedAt !== undefined) continue;
        draft.vanishedAt = now();
        later(SAME_TIME_MS, () => {
          if (!draft.isLeft) drafts.delete(draft);
        });
      }
      if (!facts) return;
      const files = links
        .filter(({ target }) => target.kind === 'draft' && target.draftId === facts.draftId)
        .map(({ attachment }) => attachment);
      drafts.add({ facts, sender, turn, files, isLeft: false });
    },

    onGone({ sender }) {
      for (const draft of draftsOf(sender)) {
        // What its group knew no more a moment ago was closed together with the group.
        draft.isLeft = true;
        later(SAVED_WITHIN_MS, () => drafts.delete(draft));
      }
      const since = now() - HEARD_BEFORE_MS;
      for (const arrival of arrivals) if (arrival.at >= since) void consider(arrival);
    },
  };
}

/** Whether there are files of it that nobody else attaches. */
function isOrphaned({ isLeft, files }: Draft): boolean {
  return isLeft && files.length > 0;
}

function takeFiles(draft: Draft): readonly LinkableAttachment[] {
  const { files } = draft;
  draft.files = [];
  return files;
}

function idOf({ attachment }: Group['pending']['links'][number]): string {
  return attachment.reference.id;
}
