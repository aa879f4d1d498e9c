import type { Host, RefreshOutcome } from '../azure/host/host';
import { readAttachment } from '../azure/rest/attachments';
import { readServerTime } from '../azure/rest/queries';
import type { LinkableAttachment, LinkTarget, WorkItem } from '../azure/work-item';
import { keyOfTarget } from '../azure/work-item';
import type { DuplicateQuestions } from './duplicate-questions';
import { createDuplicateQuestions } from './duplicate-questions';
import type { FrameServices } from './frame-services';
import { writeComment } from './intake/folder-mark';
import type { Intake, Picked } from './intake/intake';
import { createIntake, fitIntoWorkItem } from './intake/intake';
import type { LinkResult, LinkScheduler } from './link-scheduler';
import { createLinkScheduler } from './link-scheduler';
import { createLinker } from './link/link-attachments';
import { createNameRepair, withNameRepair } from './link/repair-names';
import type { FileReplacer } from './link/file-replacer';
import { createFileReplacer } from './link/file-replacer';
import type { UploadQueue } from './queue/upload-queue';
import { createUploadQueue } from './queue/upload-queue';
import type { SameFileQuestions, SameFileQuestionsOptions } from './same-file-questions';
import { createSameFileQuestions } from './same-file-questions';
import { pendingPlaces } from './places';
import type { Duplicate, FileFacts, PickedFile, UploadId } from './upload';
import type { InterruptedUpload, UploadJournal } from './upload-journal';
import { NO_JOURNAL } from './upload-journal';
import type { UploadSizes } from './upload-transport';
import { createUploadTransport } from './upload-transport';

export type { Picked };

/** Dependencies of `createUploadService`. */
export interface UploadServiceOptions {
  readonly services: FrameServices;
  readonly host: Pick<Host, 'refreshForm'>;
  readonly sizes?: UploadSizes;
  /** See `LinkSchedulerOptions`. */
  readonly canLink: (workItemId: number) => Promise<boolean>;
  /**
   * Called with the work item after each link attempt.
   *
   * @param names Names of the linked files; empty if the server refused all.
   */
  readonly onLinked: (workItem: WorkItem, names: readonly string[]) => void;
  /** Called after a link, once the host has answered whether the form shows it. */
  readonly onRefreshed: (workItemId: number, outcome: RefreshOutcome) => void;
  /** See `SameFileQuestionsOptions`. Default: this browser knows nothing. */
  readonly openSameFiles?: SameFileQuestionsOptions['open'];
  /** Default: none. */
  readonly journal?: UploadJournal;
  /** See `UploadQueueOptions`. */
  readonly idPrefix?: string;
}

/** New uploads, with their files. */
export interface Attached {
  readonly added: ReadonlyMap<UploadId, PickedFile>;
  /** Without room on the work item. Nothing is sent. */
  readonly refused: ReadonlyMap<UploadId, PickedFile>;
}

/** Path of files from intake to the form. */
export interface UploadService {
  readonly intake: Intake;
  /**
   * Uploads files for `target`; those without room there are listed as rejected.
   *
   * @param attachmentCount Known attachments of the work item; 0 if unknown, then the server decides.
   * @param isHeldBack See `UploadQueue.add`.
   * @returns The new uploads, and those refused because the work item is full.
   */
  readonly attach: (
    picked: Picked,
    target: LinkTarget,
    attachmentCount: number,
    isHeldBack?: (file: PickedFile) => boolean,
  ) => Attached;
  /** Questions about uploads that may repeat an attachment. */
  readonly duplicates: DuplicateQuestions;
  /** Questions about uploads that another work item may have. */
  readonly sameFiles: SameFileQuestions;
  /** Attachments replaced as the user decided. */
  readonly replaced: Pick<FileReplacer, 'getSnapshot' | 'subscribe' | 'undo' | 'dismiss'>;
  readonly queue: UploadQueue;
  /** See `FrameServices`. */
  readonly fileLimit: FrameServices['fileLimit'];
  /**
   * Retries failed or waiting uploads now.
   *
   * @param attachAgain Called with files without room and their target, to `attach` them again.
   */
  readonly retry: (
    ids: readonly UploadId[],
    attachAgain: (files: readonly PickedFile[], target: LinkTarget) => void,
  ) => void;
  /** See `LinkScheduler`. */
  readonly release: LinkScheduler['release'];
  /** Continues uploads of another frame. */
  readonly restore: (interrupted: readonly InterruptedUpload[]) => void;
  /** Reads a work item from the server. @throws StaplerError */
  readonly readWorkItem: (id: number) => Promise<WorkItem>;
  /** Reads the clock of the server, in milliseconds since the epoch. @throws StaplerError */
  readonly readServerTime: () => Promise<number>;
}

/** Comment of the relation of a file: its own, and its folder. */
export function commentOf({ folder, comment = '' }: FileFacts): string {
  return writeComment({ comment, folder });
}

/**
 * Composes the upload path: intake passes files to the queue, the queue sends them by the transport, the link scheduler
 * subscribes to the queue and links them, and the host refreshes the form.
 */
export function createUploadService(options: UploadServiceOptions): UploadService {
  const { services, host, sizes, canLink, onLinked, onRefreshed, journal = NO_JOURNAL, idPrefix } = options;
  const { openSameFiles = () => Promise.resolve(undefined) } = options;
  const { runtime, connection, workItems } = services;
  const { naming, queueOptions, probe } = createUploadTransport(services, sizes);
  /** Ids of references with a link attempt in another frame. */
  const tried = new Set<string>();
  const replaced = createFileReplacer({
    services,
    linker: createLinker(services, { tried }),
    onReplaced: (files) => removeLinked(files.map(({ former }) => former)),
    onUndone(workItem, undone) {
      removeLinked(undone.map(({ successor }) => successor));
      onLinked(workItem, []);
      refresh(workItem.id);
    },
  });
  const linker = withNameRepair(replaced, createNameRepair(services, naming.check));
  const queue = createUploadQueue({
    ...queueOptions,
    probe,
    journal,
    ...(idPrefix !== undefined && { idPrefix }),
  });
  const { release } = createLinkScheduler({ queue, link, canLink, commentOf, journal, runtime });
  connection.onThrottled(queue.throttle);

  /** Files without room, by the id of their upload. */
  const refused = new Map<UploadId, PickedFile>();

  function attach(
    picked: Picked,
    target: LinkTarget,
    attachmentCount: number,
    isHeldBack?: (file: PickedFile) => boolean,
  ): Attached {
    const pending = pendingPlaces(queue.getSnapshot(), target);
    const { accepted, rejected } = fitIntoWorkItem(
      picked,
      attachmentCount + pending,
      services.getAttachmentLimit(),
    );
    const added = accepted.length > 0 ? queue.add(accepted, target, isHeldBack) : [];
    const ids = rejected.length > 0 ? queue.reject(rejected, target) : [];
    const withoutRoom = rejected.flatMap(({ name, size, folder, comment, source }, index) =>
      source ? [[ids[index] ?? '', { name, size, folder, comment, source }] as const] : [],
    );
    for (const [id, file] of withoutRoom) refused.set(id, file);
    return {
      added: new Map(accepted.map((file, index) => [added[index] ?? '', file])),
      refused: new Map(withoutRoom),
    };
  }

  function replaceRefused(id: UploadId, duplicate: Duplicate): void {
    const file = refused.get(id);
    const target = queue.find(id)?.target;
    if (!file || !target) return;
    refused.delete(id);
    queue.remove([id]);
    for (const added of queue.add([file], target)) queue.setDuplicate(added, duplicate);
  }

  /** Removes the uploads of files that are no longer attached. */
  function removeLinked(files: readonly LinkableAttachment[]): void {
    const ids = new Set(files.map(({ reference }) => reference.id));
    const rows = queue
      .getSnapshot()
      .filter(({ state }) => state.status === 'linked' && ids.has(state.reference.id));
    queue.remove(rows.map(({ id }) => id));
  }

  function refresh(workItemId: number): void {
    void host.refreshForm(workItemId).then((outcome) => onRefreshed(workItemId, outcome));
  }

  async function link(workItemId: number, attachments: readonly LinkableAttachment[]): Promise<LinkResult> {
    const { workItem, failures } = await linker.link(workItemId, attachments);
    const linked = attachments.filter(({ reference }) => !failures.has(reference.id));
    if (workItem) {
      onLinked(
        workItem,
        linked.map(({ name }) => name),
      );
    }
    if (linked.length > 0) refresh(workItemId);
    return { revision: workItem?.revision ?? 0, failures };
  }

  return {
    intake: createIntake(runtime),
    queue,
    fileLimit: services.fileLimit,
    release,
    duplicates: createDuplicateQuestions({
      queue,
      readBytes: (reference) => readAttachment(connection, reference, new AbortController().signal),
      replaceRefused,
    }),
    sameFiles: createSameFileQuestions({
      queue,
      open: openSameFiles,
      // Another person may have linked the same bytes meanwhile, so the work item is read first.
      onReuse: ({ reference }) => void tried.add(reference.id),
      runtime,
    }),
    replaced,
    readWorkItem: (id) => workItems.read(id),
    readServerTime: () => readServerTime(connection),

    attach,

    retry(ids, attachAgain) {
      queue.retry(ids.filter((id) => !refused.has(id)));
      const again = new Map<string, { readonly target: LinkTarget; readonly accepted: PickedFile[] }>();
      for (const id of ids) {
        const file = refused.get(id);
        const target = queue.find(id)?.target;
        refused.delete(id);
        if (!file || !target) continue;
        const key = keyOfTarget(target);
        again.set(key, { target, accepted: [...(again.get(key)?.accepted ?? []), file] });
        queue.remove([id]);
      }
      for (const { target, accepted } of again.values()) attachAgain(accepted, target);
    },

    restore(interrupted) {
      for (const { upload, session } of interrupted) {
        if ('reference' in upload.state) tried.add(upload.state.reference.id);
        if (session) tried.add(session.reference.id);
      }
      queue.restore(interrupted);
    },
  };
}
