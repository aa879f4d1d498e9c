import type { DraftFacts, PendingAttachment } from './channel/protocol';
import type { Group } from './channel/receiver';
import type { FormEvent, Host } from '../../azure/host/host';
import type { Origin } from './drafts';
import { canBeSavedDraft, existedBefore } from './drafts';
import type { Runtime } from '../../base/runtime';

/** Dependencies of `createDraftWatch`. */
export interface DraftWatchOptions {
  readonly readOrigin: (workItemId: number) => Promise<Origin>;
  readonly getPerson: Host['getPerson'];
  readonly runtime: Runtime;
  /** Called when an orphaned draft has become a work item. */
  readonly onSaved: (
    workItemId: number,
    draft: DraftFacts,
    files: readonly PendingAttachment[],
    rank: number,
  ) => void;
  /** Called when an orphaned draft may have been saved, but its work item is not certain. */
  readonly onAmbiguous: (draft: DraftFacts, files: readonly PendingAttachment[], rank: number) => void;
  /** Called when no save of an orphaned draft with files was seen in time. */
  readonly onClosed: (files: readonly PendingAttachment[], rank: number) => void;
}

/** Recognizes drafts saved after their form group is gone. */
export interface DraftWatch {
  readonly onFormEvent: (event: FormEvent) => void;
  readonly onPending: (group: Group) => void;
  readonly onGone: (group: Group) => void;
}

/** A new work item reported by a form group. */
interface WatchedDraft {
  readonly sender: string;
  facts: DraftFacts;
  rank: number;
  files: readonly PendingAttachment[];
  /** Time when its group, still alive, saved or closed it; `Infinity` before that. */
  endedAt: number;
  /** Whether its group is gone, so this watch is responsible for it. */
  isGroupGone: boolean;
  /** Number of work items being read to find out whether they are this draft. */
  reads: number;
}

/** Result of comparing an arrival with the drafts. */
interface Findings {
  readonly candidates: readonly WatchedDraft[];
  readonly matches: readonly WatchedDraft[];
  /** Whether the work item could be read. */
  readonly isKnown: boolean;
}

/** First event of a work item in this tab. */
interface Arrival {
  readonly workItemId: number;
  readonly at: number;
  /** Whether the event was `saved`. After `loaded`, the item may also be an old one that was opened. */
  readonly isSaved: boolean;
}

/**
 * Time limit for the save of a form after its group is gone, in milliseconds. The host may take a minute, since the
 * server runs rules and hooks first.
 */
export const MAX_SAVE_MS = 70_000;

/** Maximum delay between the event of a save and the notice that the group is gone, in milliseconds. */
const MAX_NOTICE_DELAY_MS = 10_000;

/** Maximum delay between the reports of one save by a group and by the host, in milliseconds. */
const MAX_REPORT_SKEW_MS = 3_000;

/**
 * Recognizes a draft by the next number to appear in this tab, and by the facts of the server about that work item.
 * If two drafts match, neither is chosen: a file on the wrong work item is worse than one to drop again.
 */
export function createDraftWatch(options: DraftWatchOptions): DraftWatch {
  const { readOrigin, getPerson, runtime, onSaved, onAmbiguous, onClosed } = options;
  const { now, setTimer } = runtime;
  const seen = new Set<number>();
  const drafts = new Set<WatchedDraft>();
  /** Arrivals not matched to a draft yet. */
  const arrivals = new Set<Arrival>();

  function draftsOf(sender: string): readonly WatchedDraft[] {
    return [...drafts].filter((draft) => draft.sender === sender);
  }

  function isMatch(draft: WatchedDraft, { at, isSaved }: Arrival, origin: Origin): boolean {
    const { facts, endedAt } = draft;
    const since = isSaved ? facts.openedAt : at;
    // An opened item may be anyone's and needs a date; a saved one belongs to this person.
    const isDated = isSaved || !Number.isNaN(origin.createdAt);
    const isOfThatTime = at - endedAt < MAX_REPORT_SKEW_MS && isDated;
    return isOfThatTime && canBeSavedDraft(origin, { type: facts.type, since, by: getPerson() });
  }

  /** Ends a draft of a living group. It is kept for a while, since it may explain an arrival. */
  function end(draft: WatchedDraft, settled: Group['pending']['links']): void {
    const ids = settled.map(({ attachment }) => attachment.reference.id);
    draft.files = draft.files.filter(({ reference }) => !ids.includes(reference.id));
    if (draft.endedAt < Infinity) return;
    draft.endedAt = now();
    setTimer(MAX_NOTICE_DELAY_MS + MAX_REPORT_SKEW_MS, () => {
      if (!draft.isGroupGone && draft.endedAt < Infinity) drafts.delete(draft);
    });
  }

  /** A draft past its time limit was closed unsaved, unless a work item is still being read. */
  function announceIfClosed(draft: WatchedDraft): void {
    if (drafts.has(draft) || !draft.isGroupGone || draft.reads > 0 || draft.files.length === 0) return;
    onClosed(takeFiles(draft), draft.rank);
  }

  async function match(arrival: Arrival): Promise<void> {
    const candidates = [...drafts].filter(({ facts }) => facts.openedAt <= arrival.at);
    if (!candidates.some(isOrphaned)) return;
    for (const draft of candidates) draft.reads++;
    let matches: readonly WatchedDraft[] = [];
    let isKnown = true;
    let isOld = false;
    try {
      const origin = await readOrigin(arrival.workItemId);
      isOld = candidates.every(({ facts }) => existedBefore(origin, facts.openedAt));
      matches = candidates.filter((draft) => isMatch(draft, arrival, origin));
    } catch {
      isKnown = false;
    }
    if (arrivals.has(arrival) && !isOld) settle(arrival, { candidates, matches, isKnown });
    for (const draft of candidates) {
      draft.reads--;
      announceIfClosed(draft);
    }
  }

  function settle(arrival: Arrival, { candidates, matches, isKnown }: Findings): void {
    const [found, ...others] = matches;
    if (found && others.length === 0) {
      // A living group links its own files.
      if (!isOrphaned(found)) return;
      arrivals.delete(arrival);
      onSaved(arrival.workItemId, found.facts, takeFiles(found), found.rank);
    } else if (matches.length > 0 || arrival.isSaved || !isKnown) {
      const ambiguous = matches.length > 0 ? matches : candidates;
      for (const draft of ambiguous.filter(isOrphaned))
        onAmbiguous(draft.facts, takeFiles(draft), draft.rank);
    }
  }

  return {
    onFormEvent({ type, workItemId }) {
      if (!(workItemId > 0) || seen.has(workItemId)) return;
      // The fields set by the first save, or the end of its form, may be reported before the save itself.
      const isArrival = type === 'saved' || type === 'loaded';
      if (isArrival || drafts.size === 0) seen.add(workItemId);
      if (!isArrival) return;
      const arrival = { workItemId, at: now(), isSaved: type === 'saved' };
      arrivals.add(arrival);
      void match(arrival);
    },

    onPending({ sender, turn: rank, pending: { draft: facts, links } }) {
      const settled = links.filter(({ target }) => target.kind === 'work-item');
      for (const { target } of settled) if (target.kind === 'work-item') seen.add(target.id);
      const known = draftsOf(sender);
      for (const draft of known) {
        if (draft.facts.draftId !== facts?.draftId) end(draft, settled);
      }
      if (!facts) return;
      const files = links
        .filter(({ target }) => target.kind === 'draft' && target.draftId === facts.draftId)
        .map(({ attachment }) => attachment);
      const reported = { sender, facts, rank, files, endedAt: Infinity, isGroupGone: false };
      const before = known.find((draft) => draft.facts.draftId === facts.draftId);
      if (before) Object.assign(before, reported);
      else drafts.add({ ...reported, reads: 0 });
    },

    onGone({ sender, lastHeartbeatAt = now() }) {
      // A draft with its end just before the end of its group was closed together with it.
      for (const draft of draftsOf(sender)) {
        if (lastHeartbeatAt - draft.endedAt >= MAX_REPORT_SKEW_MS) continue;
        draft.isGroupGone = true;
        setTimer(MAX_SAVE_MS, () => {
          if (draft.isGroupGone && drafts.delete(draft)) announceIfClosed(draft);
        });
      }
      const since = now() - MAX_NOTICE_DELAY_MS;
      for (const arrival of arrivals) if (arrival.at >= since) void match(arrival);
    },
  };
}

/** Whether a draft has files and no group to link them. */
function isOrphaned({ isGroupGone, files, facts }: WatchedDraft): boolean {
  return isGroupGone && (files.length > 0 || facts.isAwaitingFiles);
}

function takeFiles(draft: WatchedDraft): readonly PendingAttachment[] {
  const { files } = draft;
  draft.files = [];
  draft.facts = { ...draft.facts, isAwaitingFiles: false };
  return files;
}
