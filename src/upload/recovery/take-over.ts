import type { DraftFacts, PendingAttachment } from './channel/protocol';
import type { Group } from './channel/receiver';
import type { FormEvent, Host } from '../../azure/host/host';
import type { RecoveryInbox } from './journal/recovery-inbox';
import { describeOrphans, describeUnsent, describeWorkItem } from '../messages/work-items';
import type { DraftWatchOptions } from './draft-watch';
import { createDraftWatch } from './draft-watch';
import type { FinishLinks } from './finish-links';

/** Dependencies of `createTakeOver`. */
export interface TakeOverOptions extends Pick<DraftWatchOptions, 'readOrigin' | 'getPerson' | 'runtime'> {
  readonly finishLinks: FinishLinks;
  readonly inbox: Pick<RecoveryInbox, 'draftSaved' | 'unsentByWorkItem'>;
  readonly host: Pick<Host, 'showToast'>;
}

/** Finishes the work of form groups after they are gone. */
export interface TakeOver {
  readonly onFormEvent: (event: FormEvent) => void;
  readonly onPending: (group: Group) => void;
  readonly onGone: (group: Group) => void;
}

/** Time until a closed form has saved or discarded its edits, in milliseconds. */
const MAX_SAVE_MS = 10_000;

/** Maximum delay between the save of a closing form and the notice that its group is gone, in milliseconds. */
const MAX_NOTICE_DELAY_MS = 3_000;

/** Events after which a form has no unsaved edits. */
const CLEAN_EVENTS: ReadonlySet<FormEvent['type']> = new Set(['saved', 'loaded', 'refreshed']);

/** Takes over from the form groups of one tab. */
export function createTakeOver(options: TakeOverOptions): TakeOver {
  const { finishLinks, inbox, host, runtime } = options;
  /** Links waiting for the save of a work item, by its id. */
  const waiting = new Map<number, Set<() => void>>();
  /** Time of the last save of each work item. */
  const savedAt = new Map<number, number>();
  const drafts = createDraftWatch({
    ...options,
    onSaved: (workItemId, draft, files, rank) => void finishDraft(workItemId, draft, files, rank),
    onAmbiguous({ type }, files, rank) {
      if (rank > 0 || files.length === 0) return;
      const names = files.map(({ name }) => name);
      host.showToast(describeOrphans(names, type));
    },
  });

  async function finishDraft(
    workItemId: number,
    { draftId, type }: DraftFacts,
    files: readonly PendingAttachment[],
    rank: number,
  ): Promise<void> {
    const unsent = await inbox.draftSaved(draftId, workItemId, files);
    if (rank === 0 && unsent.length > 0)
      host.showToast(describeUnsent(unsent, describeWorkItem(workItemId, type)));
    if (files.length > 0) await finishLinks(workItemId, files, rank);
  }

  /** Reports unsent files in a toast, since their rows are gone. */
  async function reportUnsent({ sender, turn: rank, pending }: Group): Promise<void> {
    if (rank > 0) return;
    const sent = pending.links.map(({ attachment }) => attachment);
    for (const [id, names] of await inbox.unsentByWorkItem(sender, sent))
      host.showToast(describeUnsent(names, describeWorkItem(id, '')));
  }

  function finishAfterSave(workItemId: number, files: readonly PendingAttachment[], rank: number): void {
    const finish = (): void => {
      if (waiting.get(workItemId)?.delete(finish)) void finishLinks(workItemId, files, rank);
    };
    waiting.set(workItemId, (waiting.get(workItemId) ?? new Set()).add(finish));
    runtime.setTimer(MAX_SAVE_MS, finish);
  }

  return {
    onFormEvent(event) {
      const { type, workItemId } = event;
      drafts.onFormEvent(event);
      if (type === 'saved') savedAt.set(workItemId, runtime.now());
      if (CLEAN_EVENTS.has(type)) for (const finish of waiting.get(workItemId) ?? []) finish();
    },

    onPending: drafts.onPending,

    onGone(group) {
      const { pending, turn: rank } = group;
      const ids = pending.links.flatMap(({ target }) => (target.kind === 'work-item' ? [target.id] : []));
      for (const id of new Set(ids)) {
        const links = pending.links.filter(({ target }) => target.kind === 'work-item' && target.id === id);
        const files = links.map(({ attachment }) => attachment);
        const isSaved = runtime.now() - (savedAt.get(id) ?? -Infinity) < MAX_NOTICE_DELAY_MS;
        const hasToWait = !isSaved && links.some(({ waitsForSave }) => waitsForSave);
        if (hasToWait) finishAfterSave(id, files, rank);
        else void finishLinks(id, files, rank);
      }
      drafts.onGone(group);
      void reportUnsent(group);
    },
  };
}
