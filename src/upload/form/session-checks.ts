import type { Host } from '../../azure/host/host';
import type { LinkTarget } from '../../azure/work-item';
import { draftTarget, sameTarget, workItemTarget } from '../../azure/work-item';
import type { CheckedUploadsOptions } from '../checks/checked-uploads';
import type { FileChecks, FileChecksOptions } from '../checks/file-checks';
import type { LargeFilesOptions } from '../checks/large-files';
import type { KnownItems } from '../recovery/known-items';
import type { UploadService } from '../upload-service';
import { pendingPlaces } from '../places';

/** Edges of the checks to the session. */
export type FormCheckEdges = Required<
  CheckedUploadsOptions & Pick<FileChecksOptions, 'items'> & Pick<LargeFilesOptions, 'limits'>
>;

/** Options of `connectChecks`. */
interface SessionChecksOptions {
  readonly createChecks?: (edges: FormCheckEdges) => FileChecks;
  readonly host: Pick<Host, 'getFormItemType' | 'getAttachmentLimit'>;
}

/** Creates the checks of a session. */
export function connectChecks(
  { createChecks, host }: SessionChecksOptions,
  { queue, duplicates, fileLimit }: Pick<UploadService, 'queue' | 'duplicates' | 'fileLimit'>,
  known: Pick<KnownItems, 'typeOf' | 'countOf' | 'projectOf' | 'attachmentsOf'>,
): FileChecks | undefined {
  const countOf = (target: LinkTarget): number =>
    pendingPlaces(queue.getSnapshot(), target) + (target.kind === 'work-item' ? known.countOf(target.id) : 0);
  return createChecks?.({
    queue,
    answerDuplicates: duplicates.answer,
    items: {
      async typeOf(target) {
        const type = target.kind === 'work-item' ? known.typeOf(target.id) : '';
        return type || host.getFormItemType();
      },
      projectOf: (target) => (target.kind === 'work-item' ? known.projectOf(target.id) : ''),
      countOf,
    },
    limits: {
      fileLimit,
      roomOf: (target) => host.getAttachmentLimit() - countOf(target),
      isAwaited: ({ size }, target) =>
        queue
          .getSnapshot()
          .some(
            (each) =>
              each.state.status === 'needs-file' &&
              each.file.size === size &&
              sameTarget(each.target, target),
          ),
      namesOn: (target) => [
        ...(target.kind === 'work-item' ? known.attachmentsOf(target.id) : []).map(({ name }) => name),
        ...queue.getSnapshot().map(({ file }) => file.name),
      ],
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
      const draft = draftTarget(draftId);
      checks?.retarget((target) => (sameTarget(target, draft) ? workItemTarget(workItemId) : target));
      queue.draftSaved(draftId, workItemId);
    },
  };
}
