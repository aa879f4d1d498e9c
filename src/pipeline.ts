import type { Host, RefreshOutcome } from './host/host';
import type { Intake } from './intake/intake';
import { createIntake } from './intake/intake';
import type { Picked } from './intake/pick-files';
import { fitIntoWorkItem } from './intake/pick-files';
import type { AttachmentEditor } from './link/edit-attachments';
import { createAttachmentEditor } from './link/edit-attachments';
import type { Linker } from './link/link-attachments';
import { createLinker } from './link/link-attachments';
import { createTurns } from './link/turns';
import { folderComment } from './model/attachment-name';
import type { FileFacts } from './model/upload';
import { isOver } from './model/upload';
import type { InterruptedUpload, UploadJournal } from './model/upload-journal';
import type { LinkTarget, WorkItem } from './model/work-item';
import { sameTarget } from './model/work-item';
import type { UploadQueue } from './queue/upload-queue';
import { createUploadQueue } from './queue/upload-queue';
import { createWorkItems } from './rest/work-items';
import type { SendingOptions } from './sending';
import { createSending } from './sending';

export type { Picked };

/** What the path runs on. */
export interface PipelineOptions extends SendingOptions {
  readonly host: Host;
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
  /** What can be done with attachments that are there. Linking what was removed undoes that. */
  readonly attachments: AttachmentEditor & Linker;
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
  const { host, surroundings, mayLink, onLinked, onRefreshed, journal, idPrefix } = options;
  const { connection, naming, sending } = createSending(options, (delayMs) => queue.askedToWait(delayMs));
  const workItems = createWorkItems(connection);
  const inTurn = createTurns();
  const tried = new Set<string>();
  const linker = createLinker(workItems, inTurn, surroundings, { tried });

  const queue: UploadQueue = createUploadQueue({
    ...sending,
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

  function attach(picked: Picked, target: LinkTarget, attachmentCount: number): void {
    const underWay = queue
      .getSnapshot()
      .filter((upload) => sameTarget(upload.target, target) && !isOver(upload.state)).length;
    const { accepted, rejected } = fitIntoWorkItem(picked, attachmentCount + underWay);
    if (accepted.length > 0) queue.add(accepted, target);
    if (rejected.length > 0) queue.reject(rejected, target);
  }

  return {
    intake: createIntake(surroundings),
    attach,
    queue,

    takeUp(interrupted) {
      for (const { upload, session } of interrupted) {
        if ('reference' in upload.state) tried.add(upload.state.reference.id);
        if (session) tried.add(session.reference.id);
      }
      queue.takeUp(interrupted);
    },

    readWorkItem: (id) => workItems.read(id),
    attachments: { ...linker, ...createAttachmentEditor(workItems, inTurn, surroundings) },
  };
}
