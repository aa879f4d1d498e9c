import type { DraftFacts } from './channel/protocol';
import type { Host } from '../../azure/host/host';
import { canBeSavedDraft } from './new-work-item';
import type { WorkItem } from '../../azure/work-item';
import type { Pipeline } from '../upload-service';

/** The new work item in the form. */
export interface Draft {
  readonly facts: Omit<DraftFacts, 'isAwaitingFiles'>;
  /** The host's number for it, 0 or negative. */
  readonly hostId: number;
}

/** New work items of one frame, from their opening to their number or their end. */
export interface Drafts {
  /** That in the form, if it shows one. */
  readonly current: () => Draft | undefined;
  /** The form shows a new work item. Nothing is returned where it is the one that it showed before. */
  readonly open: (hostId: number) => Draft | undefined;
  /** The host said of which type it is. */
  readonly learnType: (draftId: string, type: string) => void;
  /** It was closed without being saved. */
  readonly abandon: () => void;
  /** It was saved, and got this number. */
  readonly save: (workItemId: number) => void;
  /** Its form shows this number: it was saved, or it was closed and nobody said so. What the server says decides. */
  readonly question: (workItemId: number) => void;
  /** Whether it is to be found out if a draft became this work item. */
  readonly isInQuestion: (workItemId: number) => boolean;
  /** Decides with what the server says of a work item. */
  readonly decide: (workItem: WorkItem) => void;
  /** A work item that cannot be had is none that this person has made. */
  readonly deny: (workItemId: number) => void;
}

/** A draft whose form shows a number. */
interface Question {
  readonly facts: Draft['facts'];
  /** Since when. */
  readonly at: number;
}

/** What becomes of drafts is told to, and who saves them and when is known from. */
export interface DraftsOptions {
  readonly queue: Pick<Pipeline['queue'], 'draftSaved' | 'draftAbandoned'>;
  /** In milliseconds since the epoch. */
  readonly now: () => number;
  readonly getPerson: Host['getPerson'];
  /** What no other frame begins the ids of its drafts with. */
  readonly idPrefix: string;
}

/** No drafts at first. */
export function createDrafts({ queue, now, getPerson, idPrefix }: DraftsOptions): Drafts {
  const questions = new Map<number, Question>();
  let draft: Draft | undefined;
  let count = 0;

  /** Lets the current one go; returns it. */
  function end(): Draft['facts'] | undefined {
    const facts = draft?.facts;
    draft = undefined;
    return facts;
  }

  function abandon(): void {
    const facts = end();
    if (facts) queue.draftAbandoned(facts.draftId);
  }

  function answer(workItemId: number, isIt: (question: Question) => boolean): void {
    const question = questions.get(workItemId);
    if (!question) return;
    questions.delete(workItemId);
    const { draftId } = question.facts;
    if (isIt(question)) queue.draftSaved(draftId, workItemId);
    else queue.draftAbandoned(draftId);
  }

  return {
    current: () => draft,

    open(hostId) {
      if (draft && draft.hostId === hostId) return undefined;
      abandon();
      draft = { facts: { draftId: `${idPrefix}draft ${++count}`, openedAt: now(), type: '' }, hostId };
      return draft;
    },

    learnType(draftId, type) {
      if (draft?.facts.draftId === draftId) draft = { ...draft, facts: { ...draft.facts, type } };
    },

    abandon,

    save(workItemId) {
      const facts = end();
      if (facts) queue.draftSaved(facts.draftId, workItemId);
    },

    question(workItemId) {
      const facts = end();
      if (facts) questions.set(workItemId, { facts, at: now() });
    },

    isInQuestion: (workItemId) => questions.has(workItemId),

    decide(workItem) {
      answer(workItem.id, ({ facts: { type }, at }) =>
        canBeSavedDraft(workItem, { type, since: at, by: getPerson() }),
      );
    },

    deny: (workItemId) => answer(workItemId, () => false),
  };
}
