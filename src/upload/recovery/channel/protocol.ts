import type { LinkableAttachment } from '../../../azure/attachment';
import type { FileFacts, Upload, UploadId } from '../../upload';
import type { LinkTarget } from '../../../azure/work-item';

/** Attachment to link. */
export interface PendingAttachment extends LinkableAttachment {
  /** Upload id of the journal. Missing in messages of frames older than an update. */
  readonly uploadId?: UploadId;
}

/** Stored attachment without a link. */
export interface PendingLink {
  readonly target: LinkTarget;
  readonly attachment: PendingAttachment;
  /** Whether the link has to wait for a save, because the form has unsaved edits. */
  readonly waitsForSave: boolean;
}

/** Facts about a new work item, to recognize it after its first save. */
export interface DraftFacts {
  readonly draftId: string;
  /** When its form was opened, in milliseconds since the epoch. */
  readonly openedAt: number;
  /** Work item type, such as `Bug`; empty until the host reports it. */
  readonly type: string;
  /** Whether uploads to it are in progress and in the journal. */
  readonly isAwaitingFiles: boolean;
}

/** Unfinished work of a group, for an observer to finish if the group is gone. */
export interface Pending {
  readonly links: readonly PendingLink[];
  /** Draft shown by the form, with or without links: a new work item may be any draft of the tab. */
  readonly draft?: DraftFacts | undefined;
}

/** Heartbeat request of an observer. */
export interface FromObserver {
  readonly type: 'ping';
}

/** Messages of a group. */
export type FromGroup =
  | {
      readonly type: 'pending';
      /** Id of the group. An observer may have two channels to one group. */
      readonly sender: string;
      /** Rank of the observer: 0 acts first, others stand by. */
      readonly turn: number;
      readonly pending: Pending;
    }
  | { readonly type: 'pong' | 'leaving' };

/**
 * Returns the links to make. Failed ones are left to the user; files still uploading end with their frame.
 *
 * @param commentOf Comment of the relation; the same as for the queue.
 * @param mustWait Whether the target is known to have unsaved edits.
 */
export function pendingOf(
  uploads: readonly Upload[],
  commentOf: (file: FileFacts) => string,
  mustWait: (target: LinkTarget) => boolean,
): readonly PendingLink[] {
  return uploads.flatMap(({ id: uploadId, target, file, state }) => {
    if (state.status === 'linked' || state.status === 'failed' || !('reference' in state)) return [];
    const { reference, status } = state;
    const { name, size } = file;
    const attachment = { reference, name, comment: commentOf(file), size, uploadId };
    return [{ target, attachment, waitsForSave: status === 'waiting-for-save' || mustWait(target) }];
  });
}
