import type { Host, RefreshOutcome } from '../azure/host/host';
import type { Intake } from './intake/intake';
import { createIntake } from './intake/intake';
import type { Picked } from './intake/pick-files';
import { fitIntoWorkItem } from './intake/pick-files';
import type { FrameServices } from './frame-services';
import { createLinker } from './link/link-attachments';
import { folderComment } from './intake/attachment-name';
import type { FileFacts } from './upload';
import { isOver } from './upload-state';
import type { InterruptedUpload, UploadJournal } from './upload-journal';
import type { LinkTarget, WorkItem } from '../azure/work-item';
import { sameTarget } from '../azure/work-item';
import type { UploadQueue } from './queue/upload-queue';
import { createUploadQueue } from './queue/upload-queue';
import type { UploadSizes } from './upload-transport';
import { createUploadTransport } from './upload-transport';

export type { Picked };

/** What the path runs on. */
export interface PipelineOptions {
  readonly services: FrameServices;
  readonly host: Pick<Host, 'refreshForm'>;
  readonly sizes?: UploadSizes;
  /** Whether a patch of the work item disturbs nobody now; see `LinkPhaseOptions`. */
  readonly mayLink: (workItemId: number) => Promise<boolean>;
  /**
   * Told of every work item that was to be linked to, as it is then.
   *
   * @param names Those of the files that were linked, none where it refused them all.
   */
  readonly onLinked: (workItem: WorkItem, names: readonly string[]) => void;
  /** Told after a link whether the form shows them; a silent host may need long for that. */
  readonly onRefreshed: (workItemId: number, outcome: RefreshOutcome) => void;
  /** What survives the page; see `UploadQueueOptions`. */
  readonly journal?: UploadJournal;
  readonly idPrefix?: string;
}

/** The whole path, for whoever shows it. */
export interface Pipeline {
  readonly intake: Intake;
  /**
   * Sends what was picked to `target`; what does not fit there is shown as rejected.
   *
   * @param attachmentCount Attachments that the work item is known to have; 0 when unknown, the server then decides.
   */
  readonly attach: (picked: Picked, target: LinkTarget, attachmentCount: number) => void;
  readonly queue: UploadQueue;
  /** Goes on with what another frame has left. */
  readonly takeUp: (interrupted: readonly InterruptedUpload[]) => void;
  /** The work item as it is on the server. @throws StaplerError */
  readonly readWorkItem: (id: number) => Promise<WorkItem>;
}

/** What the relation of a file says beside its name. */
export function commentOf({ folder }: FileFacts): string {
  return folderComment(folder);
}

/**
 * From a picked file to a form that shows it. Intake hands files to the queue; the queue sends each by the transport
 * and has what has arrived linked, as few patches as may be; then the form is asked to look again.
 */
export function createPipeline(options: PipelineOptions): Pipeline {
  const { services, host, sizes, mayLink, onLinked, onRefreshed, journal, idPrefix } = options;
  const { naming, queueOptions } = createUploadTransport(services, sizes);
  const tried = new Set<string>();
  const linker = createLinker(services, { tried });

  const queue: UploadQueue = createUploadQueue({
    ...queueOptions,
    ...(journal && { journal }),
    ...(idPrefix !== undefined && { idPrefix }),
    commentOf,
    mayLink,
    async link(workItemId, attachments) {
      const { workItem, failures } = await linker.link(workItemId, attachments);
      const linked = attachments.filter(({ reference }) => !failures.has(reference.id));
      if (workItem) {
        naming.check(workItem, linked);
        onLinked(
          workItem,
          linked.map(({ name }) => name),
        );
      }
      if (linked.length > 0) {
        void host.refreshForm(workItemId).then((outcome) => onRefreshed(workItemId, outcome));
      }
      return { revision: workItem?.revision ?? 0, failures };
    },
  });

  services.connection.onThrottled((delayMs) => queue.askedToWait(delayMs));

  function attach(picked: Picked, target: LinkTarget, attachmentCount: number): void {
    const underWay = queue
      .getSnapshot()
      .filter((upload) => sameTarget(upload.target, target) && !isOver(upload.state)).length;
    const { accepted, rejected } = fitIntoWorkItem(picked, attachmentCount + underWay);
    if (accepted.length > 0) queue.add(accepted, target);
    if (rejected.length > 0) queue.reject(rejected, target);
  }

  return {
    intake: createIntake(services.runtime),
    attach,
    queue,

    takeUp(interrupted) {
      for (const { upload, session } of interrupted) {
        if ('reference' in upload.state) tried.add(upload.state.reference.id);
        if (session) tried.add(session.reference.id);
      }
      queue.takeUp(interrupted);
    },

    readWorkItem: (id) => services.workItems.read(id),
  };
}
