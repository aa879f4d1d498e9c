import type { UploadId } from '../upload';
import type { UploadJournal } from '../upload-journal';
import type { UploadStore } from './upload-store';

/** Outcome of a draft. */
type DraftOutcome = { readonly workItemId: number } | 'abandoned';

/** Gives uploads for new work items their target once it is known. */
export interface DraftTargets {
  /** Records the outcome of a draft. */
  readonly settle: (draftId: string, outcome: DraftOutcome) => void;
  /** Applies an earlier outcome to uploads just added: reading a folder may take longer than the save. */
  readonly apply: (draftId: string) => void;
}

/** Dependencies of `createDraftTargets`. */
export interface DraftTargetsOptions {
  readonly store: UploadStore;
  readonly journal: Pick<UploadJournal, 'update'>;
  /** Called with the uploads of an abandoned draft, now failed for good. */
  readonly onAbandoned: (ids: readonly UploadId[]) => void;
}

/** Creates targets without outcomes. */
export function createDraftTargets({ store, journal, onAbandoned }: DraftTargetsOptions): DraftTargets {
  const outcomes = new Map<string, DraftOutcome>();

  function apply(draftId: string): void {
    const outcome = outcomes.get(draftId);
    if (outcome === undefined) return;
    const ids = store
      .getSnapshot()
      .filter(({ target }) => target.kind === 'draft' && target.draftId === draftId)
      .map(({ id }) => id);
    if (outcome === 'abandoned') store.dispatch({ type: 'abandoned', draftId });
    else store.dispatch({ type: 'saved', draftId, ...outcome });
    for (const id of ids) {
      const upload = store.find(id);
      if (upload) journal.update(upload);
    }
    if (outcome === 'abandoned') onAbandoned(ids);
  }

  return {
    apply,
    settle(draftId, outcome) {
      outcomes.set(draftId, outcome);
      apply(draftId);
    },
  };
}
