import type { Host } from '../../azure/host/host';
import { sameTarget } from '../../azure/work-item';
import type { CheckedUploadsOptions } from '../checks/checked-uploads';
import type { FileChecks, FileChecksOptions } from '../checks/file-checks';
import type { KnownItems } from '../recovery/known-items';
import type { UploadService } from '../upload-service';
import { isOver } from '../upload-state';

/** Edges of the checks to the session. */
export type FormCheckEdges = Required<CheckedUploadsOptions & Pick<FileChecksOptions, 'items'>>;

/** Options of `connectChecks`. */
interface SessionChecksOptions {
  readonly createChecks?: (edges: FormCheckEdges) => FileChecks;
  readonly host: Pick<Host, 'getFormItemType'>;
}

/** Creates the checks of a session. */
export function connectChecks(
  { createChecks, host }: SessionChecksOptions,
  { queue, duplicates }: Pick<UploadService, 'queue' | 'duplicates'>,
  known: Pick<KnownItems, 'typeOf' | 'countOf' | 'projectOf'>,
): FileChecks | undefined {
  return createChecks?.({
    queue,
    answerDuplicates: duplicates.answer,
    items: {
      async typeOf(target) {
        const type = target.kind === 'work-item' ? known.typeOf(target.id) : '';
        return type || host.getFormItemType();
      },
      projectOf: (target) => (target.kind === 'work-item' ? known.projectOf(target.id) : ''),
      countOf: (target) =>
        queue.getSnapshot().filter((upload) => sameTarget(upload.target, target) && !isOver(upload.state))
          .length + (target.kind === 'work-item' ? known.countOf(target.id) : 0),
    },
  });
}

/** Lets files that are still being checked follow a saved draft as well. */
export function withChecks(
  queue: Pick<UploadService['queue'], 'draftSaved' | 'draftAbandoned'>,
  checks: FileChecks | undefined,
): typeof queue {
  return {
    draftAbandoned: queue.draftAbandoned,
    draftSaved(draftId, workItemId) {
      checks?.moveDraft(draftId, workItemId);
      queue.draftSaved(draftId, workItemId);
    },
  };
}
