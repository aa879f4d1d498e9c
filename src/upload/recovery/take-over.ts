import type { DraftFacts, PendingAttachment } from './channel/protocol';
import type { Group } from './channel/receiver';
import type { FormEvent, Host } from '../../azure/host/host';
import type { RecoveryInbox } from './journal/recovery-inbox';
import { describeUnsent } from '../messages/interrupted';
import { describeClosedDraft, describeOrphans, describeWorkItem } from '../messages/work-items';
import type { DraftWatchOptions } from './draft-watch';
import { createDraftWatch, MAX_SAVE_MS } from './draft-watch';
import type { FinishLinks } from './finish-links';

/** Dependencies of `createTakeOver`. */
export interface TakeOverOptions extends Pick<DraftWatchOptions, 'readOrigin' | 'getPerson' | 'runtime'> {
  readonly finishLinks: FinishLinks;
  readonly inbox: Pick<RecoveryInbox, 'draftSaved' | 'unsentByWorkItem'>;
  readonly host: Pick<Host, 'showToast' | 'getUnsavedEdits'>;
}

/** Finishes the work of form groups after they are gone. */
export interface TakeOver {
  readonly onFormEvent: (event: FormEvent) => void;
  readonly onPending: (group: Group) => void;
  readonly onGone: (group: Group) => void;
}

/** Maximum delay between the save of a closing form and the notice that its group is gone, in milliseconds. */
const MAX_NOTICE_DELAY_MS = 3_000;

/** Events after which the form may have no unsaved edits. */
const CLEAN_EVENTS: ReadonlySet<FormEvent['type']> = new Set(['saved', 'loaded', 'refreshed', 'reset']);

/** Takes over from the form groups of one tab. */
export function createTakeOver(options: TakeOverOptions): TakeOver {
  const { finishLinks, inbox, host, runtime } = options;
  /** Checks of links waiting for the save of a work item, by its id. */
  const waiting = new Map<number, Set<(event?: FormEvent['type']) => void>>();
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
    onClosed(files, rank) {
      if (rank === 0) host.showToast(describeClosedDraft(files.map(({ name }) => name)));
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

  /** Waits while the form has unsaved edits. It may be open although the frame of its group is gone. */
  function finishAfterSave(workItemId: number, files: readonly PendingAttachment[], rank: number): void {
    const checks = waiting.get(workItemId) ?? new Set();
    waiting.set(workItemId, checks);

    function finish(): void {
      if (checks.delete(check)) void finishLinks(workItemId, files, rank);
    }

    async function checkEdits(event: FormEvent['type'] | undefined): Promise<void> {
      const edits = await host.getUnsavedEdits(workItemId);
      // An item just loaded may not be active yet.
      if (edits === 'none' || (edits === 'unknown' && event !== 'loaded')) finish();
      else if (event === undefined) checkLater();
    }

    function check(event?: FormEvent['type']): void {
      if (event === 'saved') finish();
      else void checkEdits(event);
    }

    function checkLater(): void {
      runtime.setTimer(MAX_SAVE_MS, () => checks.has(check) && check());
    }

    checks.add(check);
    checkLater();
  }

  async function finishUnlessEdited(
    workItemId: number,
    files: readonly PendingAttachment[],
    rank: number,
  ): Promise<void> {
    if ((await host.getUnsavedEdits(workItemId)) === 'some') finishAfterSave(workItemId, files, rank);
    else await finishLinks(workItemId, files, rank);
  }

  return {
    onFormEvent(event) {
      const { type, workItemId } = event;
      drafts.onFormEvent(event);
      if (type === 'saved') savedAt.set(workItemId, runtime.now());
      if (CLEAN_EVENTS.has(type)) for (const check of [...(waiting.get(workItemId) ?? [])]) check(type);
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
        else void finishUnlessEdited(id, files, rank);
      }
      drafts.onGone(group);
      void reportUnsent(group);
    },
  };
}
