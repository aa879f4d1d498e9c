import type { UploadId } from '../upload';
import type { UploadJournal } from '../upload-journal';
import type { UploadAttempts } from './upload-attempts';
import type { UploadScheduler } from './upload-scheduler';
import type { UploadStore } from './upload-store';

/** Commands to hold uploads for the editor. */
export interface EditHold {
  /** Holds an upload, if no attempt to send it has begun: nothing of it is sent or stored until `resume`. */
  readonly holdForEdit: (id: UploadId) => void;
  /** Continues paused uploads. The bytes of one that was held are stored again. */
  readonly resume: (ids: readonly UploadId[]) => void;
}

/** Parts of a queue for its held uploads. */
export interface EditHoldParts {
  readonly store: UploadStore;
  readonly scheduler: Pick<UploadScheduler, 'stop' | 'startNext'>;
  readonly attempts: Pick<UploadAttempts, 'sourceOf'>;
  readonly journal: Pick<UploadJournal, 'dropFile' | 'updateFile'>;
}

/** Creates the commands of a queue. */
export function createEditHold({ store, scheduler, attempts, journal }: EditHoldParts): EditHold {
  return {
    holdForEdit(id) {
      store.dispatch({ type: 'edit-opened', id });
      if (store.find(id)?.edit !== 'open') return;
      scheduler.stop([id]);
      journal.dropFile(id);
    },

    resume(ids) {
      for (const id of ids) {
        const source = store.find(id)?.edit === 'open' && attempts.sourceOf(id);
        store.dispatch({ type: 'resumed', id });
        if (source) journal.updateFile(id, source);
      }
      scheduler.startNext();
    },
  };
}
