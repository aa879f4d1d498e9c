import type { DraftFacts, PendingAttachment } from './channel/protocol';
import type { Group } from './channel/receiver';
import type { FormEvent, Host } from '../../azure/host/host';
import type { RecoveryInbox } from './journal/recovery-inbox';
import { describeOrphans, describeUnsent, describeWorkItem } from '../messages/work-items';
import type { DraftWatchOptions } from './draft-watch';
import { createDraftWatch } from './draft-watch';
import type { FinishLinks } from './finish-links';

/** What taking over is made of. */
export interface TakeOverOptions extends Pick<DraftWatchOptions, 'readOrigin' | 'getPerson' | 'runtime'> {
  readonly finishLinks: FinishLinks;
  readonly leftovers: Pick<RecoveryInbox, 'draftSaved' | 'unsentByWorkItem'>;
  readonly host: Pick<Host, 'showToast'>;
}

/** Finishes what groups leave, and nothing of a group that is there. */
export interface TakeOver {
  readonly onFormEvent: (event: FormEvent) => void;
  readonly onPending: (group: Group) => void;
  readonly onGone: (group: Group) => void;
}

/** By then a form that was closed has saved its edits, or thrown them away. In milliseconds. */
const SAVED_WITHIN_MS = 10_000;

/** A save that closes the form may be told before we know that its group is gone. In milliseconds. */
const SAVED_JUST_NOW_MS = 3_000;

/** After these a form has no unsaved edits. */
const CLEAN: ReadonlySet<FormEvent['type']> = new Set(['saved', 'loaded', 'refreshed']);

/** Takes over from the groups of one tab. */
export function createTakeOver(options: TakeOverOptions): TakeOver {
  const { finishLinks, leftovers, host, runtime } = options;
  /** What waits for a work item to be saved. */
  const waiting = new Map<number, Set<() => void>>();
  /** When each work item was saved last. */
  const savedAt = new Map<number, number>();
  const drafts = createDraftWatch({
    ...options,
    onSaved: (workItemId, draft, files, turn) => void finishDraft(workItemId, draft, files, turn),
    onDoubt({ type }, files, turn) {
      if (turn > 0 || files.length === 0) return;
      const names = files.map(({ name }) => name);
      host.showToast(describeOrphans(names, type));
    },
  });

  async function finishDraft(
    workItemId: number,
    { draftId, type }: DraftFacts,
    files: readonly PendingAttachment[],
    turn: number,
  ): Promise<void> {
    const unsent = await leftovers.draftSaved(draftId, workItemId, files);
    if (turn === 0 && unsent.length > 0)
      host.showToast(describeUnsent(unsent, describeWorkItem(workItemId, type)));
    if (files.length > 0) await finishLinks(workItemId, files, turn);
  }

  /** Nobody sees the rows any more that would tell it. */
  async function tellUnsent({ sender, turn, pending }: Group): Promise<void> {
    if (turn > 0) return;
    const sent = pending.links.map(({ attachment }) => attachment);
    for (const [id, names] of await leftovers.unsentByWorkItem(sender, sent))
      host.showToast(describeUnsent(names, describeWorkItem(id, '')));
  }

  function finishOnceSaved(workItemId: number, files: readonly PendingAttachment[], turn: number): void {
    const finish = (): void => {
      if (waiting.get(workItemId)?.delete(finish)) void finishLinks(workItemId, files, turn);
    };
    waiting.set(workItemId, (waiting.get(workItemId) ?? new Set()).add(finish));
    runtime.setTimer(SAVED_WITHIN_MS, finish);
  }

  return {
    onFormEvent(event) {
      const { type, workItemId } = event;
      drafts.onFormEvent(event);
      if (type === 'saved') savedAt.set(workItemId, runtime.now());
      if (CLEAN.has(type)) for (const finish of waiting.get(workItemId) ?? []) finish();
    },

    onPending: drafts.onPending,

    onGone(group) {
      const { pending, turn } = group;
      const ids = pending.links.flatMap(({ target }) => (target.kind === 'work-item' ? [target.id] : []));
      for (const id of new Set(ids)) {
        const links = pending.links.filter(({ target }) => target.kind === 'work-item' && target.id === id);
        const files = links.map(({ attachment }) => attachment);
        const isSaved = runtime.now() - (savedAt.get(id) ?? -Infinity) < SAVED_JUST_NOW_MS;
        const hasToWait = !isSaved && links.some(({ waitsForSave }) => waitsForSave);
        if (hasToWait) finishOnceSaved(id, files, turn);
        else void finishLinks(id, files, turn);
      }
      drafts.onGone(group);
      void tellUnsent(group);
    },
  };
}
