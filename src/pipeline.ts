import type { Host, RefreshOutcome } from './host/host';
import { folderComment } from './intake/file-name';
import type { Picked } from './intake/pick-files';
import { pickFromInput, pickFromPaste } from './intake/pick-files';
import { readDrop } from './intake/read-drop';
import { assertReadable } from './intake/readable';
import { fitIntoWorkItem } from './intake/room';
import type { AttachmentEditor } from './link/edit-attachments';
import { createAttachmentEditor } from './link/edit-attachments';
import type { Linker } from './link/link-attachments';
import { createLinker } from './link/link-attachments';
import { createTurns } from './link/turns';
import type { FileFacts } from './model/upload';
import { isOver } from './model/upload';
import type { Surroundings } from './model/surroundings';
import type { InterruptedUpload, UploadJournal } from './model/upload-journal';
import type { LinkTarget, WorkItem } from './model/work-item';
import { sameTarget } from './model/work-item';
import type { UploadQueue } from './queue/upload-queue';
import { createUploadQueue } from './queue/upload-queue';
import { createConnection } from './rest/connection';
import type { HttpStack } from './rest/http-stack';
import { createWorkItems } from './rest/work-items';
import { createNaming } from './transport/naming';
import type { TransportOptions } from './transport/transport';
import { createTransport } from './transport/transport';

export type { Picked };

/** For a smaller file, reading its first byte takes as long as sending it. In bytes. */
const CHECKED_FROM = 1024 * 1024;

/** What the path runs on. */
export interface PipelineOptions {
  readonly host: Host;
  readonly stack: HttpStack;
  readonly surroundings: Surroundings;
  /** See `createStore`. */
  readonly announce: (tell: () => void) => void;
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
  /** When a file goes in chunks; see there for the defaults. */
  readonly sizes?: Pick<TransportOptions, 'chunkAboveBytes' | 'simpleUpToBytes'>;
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

/** The ways in. */
export interface Intake {
  readonly fromInput: (files: Iterable<File>) => Promise<Picked>;
  readonly fromPaste: typeof pickFromPaste;
  /** To be called before anything is awaited in the handler of the drop. */
  readonly fromDrop: (transfer: DataTransfer) => Promise<Picked>;
}

/**
 * From a picked file to a form that shows it. Intake hands files to the queue; the queue sends each by the transport
 * and has what has arrived linked, as few patches as may be; then the form is asked to look again.
 */
export function createPipeline(options: PipelineOptions): Pipeline {
  const {
    host,
    stack,
    surroundings,
    announce,
    mayLink,
    onLinked,
    onRefreshed,
    sizes = {},
    ...kept
  } = options;
  const connection = createConnection({
    stack,
    getToken: host.getToken,
    getBaseUrl: host.getBaseUrl,
    onAskedToWait: (delayMs) => queue.askedToWait(delayMs),
  });
  const naming = createNaming();
  const workItems = createWorkItems(connection);
  const inTurn = createTurns();
  const tried = new Set<string>();
  const linker = createLinker(workItems, inTurn, surroundings, { tried });

  const queue: UploadQueue = createUploadQueue({
    // A small file proves itself by being sent; the transport looks at it when that fails.
    prepare: (file) => (file.size > CHECKED_FROM ? assertReadable(file) : Promise.resolve()),
    transport: createTransport({ connection, naming, assertReadable, now: surroundings.now, ...sizes }),
    commentOf,
    announce,
    surroundings,
    ...kept,
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

  const breathe = (): Promise<void> => new Promise((resolve) => surroundings.later(0, resolve));

  function attach(picked: Picked, target: LinkTarget, attachmentCount: number): void {
    const underWay = queue
      .getSnapshot()
      .filter((upload) => sameTarget(upload.target, target) && !isOver(upload.state)).length;
    const { accepted, rejected } = fitIntoWorkItem(picked, attachmentCount + underWay);
    if (accepted.length > 0) queue.add(accepted, target);
    if (rejected.length > 0) queue.reject(rejected, target);
  }

  return {
    intake: {
      fromInput: (files) => pickFromInput(files, breathe),
      fromPaste: pickFromPaste,
      fromDrop: (transfer) => readDrop(transfer, breathe),
    },
    attach,
    queue,

    takeUp(interrupted) {
      for (const { upload } of interrupted) {
        if ('reference' in upload.state) tried.add(upload.state.reference.id);
      }
      queue.takeUp(interrupted);
    },

    readWorkItem: (id) => workItems.read(id),
    attachments: { ...linker, ...createAttachmentEditor(workItems, inTurn, surroundings) },
  };
}
