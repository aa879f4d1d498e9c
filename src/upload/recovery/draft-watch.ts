import type { DraftFacts, PendingAttachment } from './channel/protocol';
import type { Group } from './channel/receiver';
import type { FormEvent, Host } from '../../azure/host/host';
import type { Origin } from './new-work-item';
import { canBeSavedDraft } from './new-work-item';
import type { Runtime } from '../../base/runtime';

/** What the watch is made of. */
export interface DraftWatchOptions {
  readonly readOrigin: (workItemId: number) => Promise<Origin>;
  readonly getPerson: Host['getPerson'];
  readonly runtime: Runtime;
  /** A draft that was left got its number. */
  readonly onSaved: (
    workItemId: number,
    draft: DraftFacts,
    files: readonly PendingAttachment[],
    turn: number,
  ) => void;
  /** A draft that was left may have been saved, and nobody can tell as which work item. */
  readonly onDoubt: (draft: DraftFacts, files: readonly PendingAttachment[], turn: number) => void;
}

/** Finds out what becomes of new work items whose group is gone before they have a number. */
export interface DraftWatch {
  readonly onFormEvent: (event: FormEvent) => void;
  readonly onPending: (group: Group) => void;
  readonly onGone: (group: Group) => void;
}

/** A new work item that a group told of. */
interface Draft {
  readonly sender: string;
  facts: DraftFacts;
  turn: number;
  files: readonly PendingAttachment[];
  /** When its group, which was there, knew it no more: it was saved or closed. `Infinity` as long as it does. */
  vanishedAt: number;
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

/**
 * A draft is recognised by the number that comes up in this tab, and by what the server says of that work item. Where
 * that fits two drafts, it is neither: a file on the wrong work item is worse than one that has to be dropped again.
 */
export function createDraftWatch(options: DraftWatchOptions): DraftWatch {
  const { readOrigin, getPerson, runtime, onSaved, onDoubt } = options;
  const { now, setTimer } = runtime;
  const heard = new Set<number>();
  const drafts = new Set<Draft>();
  /** Those of which no draft is known to have become them. */
  const arrivals = new Set<Arrival>();

  function draftsOf(sender: string): readonly Draft[] {
    return [...drafts].filter((draft) => draft.sender === sender);
  }

  function couldBe(draft: Draft, { at, isSaved }: Arrival, origin: Origin): boolean {
    const { facts, vanishedAt } = draft;
    const since = isSaved ? facts.openedAt : at;
    // What somebody opened may be any item; one that was saved is this person's for sure.
    const isDated = isSaved || !Number.isNaN(origin.createdAt);
    const isOfThatTime = at - vanishedAt < SAME_TIME_MS && isDated;
    return isOfThatTime && canBeSavedDraft(origin, { type: facts.type, since, by: getPerson() });
  }

  /** Its files go without it where they have a work item by now. It is remembered as long as it may explain one. */
  function vanish(draft: Draft, settled: Group['pending']['links']): void {
    const ids = settled.map(({ attachment }) => attachment.reference.id);
    draft.files = draft.files.filter(({ reference }) => !ids.includes(reference.id));
    if (draft.vanishedAt < Infinity) return;
    draft.vanishedAt = now();
    setTimer(HEARD_BEFORE_MS + SAME_TIME_MS, () => {
      if (!draft.isLeft && draft.vanishedAt < Infinity) drafts.delete(draft);
    });
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
      // One whose group is there is that group's business.
      if (!isOrphaned(found)) return;
      arrivals.delete(arrival);
      onSaved(arrival.workItemId, found.facts, takeFiles(found), found.turn);
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
      const settled = links.filter(({ target }) => target.kind === 'work-item');
      for (const { target } of settled) if (target.kind === 'work-item') heard.add(target.id);
      const known = draftsOf(sender);
      for (const draft of known) {
        if (draft.facts.draftId !== facts?.draftId) vanish(draft, settled);
      }
      if (!facts) return;
      const files = links
        .filter(({ target }) => target.kind === 'draft' && target.draftId === facts.draftId)
        .map(({ attachment }) => attachment);
      const told = { sender, facts, turn, files, vanishedAt: Infinity, isLeft: false };
      const before = known.find((draft) => draft.facts.draftId === facts.draftId);
      if (before) Object.assign(before, told);
      else drafts.add(told);
    },

    onGone({ sender, lastHeartbeatAt = now() }) {
      // What its group knew no more a moment before it went was closed together with the group.
      for (const draft of draftsOf(sender)) {
        if (lastHeartbeatAt - draft.vanishedAt >= SAME_TIME_MS) continue;
        draft.isLeft = true;
        setTimer(SAVED_WITHIN_MS, () => {
          if (draft.isLeft) drafts.delete(draft);
        });
      }
      const since = now() - HEARD_BEFORE_MS;
      for (const arrival of arrivals) if (arrival.at >= since) void consider(arrival);
    },
  };
}

/** Whether there are files of it that nobody else attaches. */
function isOrphaned({ isLeft, files, facts }: Draft): boolean {
  return isLeft && (files.length > 0 || facts.isAwaitingFiles);
}

function takeFiles(draft: Draft): readonly PendingAttachment[] {
  const { files } = draft;
  draft.files = [];
  draft.facts = { ...draft.facts, isAwaitingFiles: false };
  return files;
}
