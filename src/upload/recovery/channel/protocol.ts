import type { LinkableAttachment } from '../../../azure/attachment';
import type { FileFacts, Upload, UploadId } from '../../upload';
import type { LinkTarget } from '../../../azure/work-item';

/** An attachment to link, and how the journal calls it. */
export interface PendingAttachment extends LinkableAttachment {
  /** Frames that were opened before an update do not tell it. */
  readonly uploadId?: UploadId;
}

/** A stored attachment whose link is still to be made. */
export interface PendingLink {
  readonly target: LinkTarget;
  readonly attachment: PendingAttachment;
  /** Whether it waits, or has to, because the work item has unsaved edits in the form. */
  readonly waitsForSave: boolean;
}

/** What is known of a new work item, to recognise it once it has a number. */
export interface DraftFacts {
  readonly draftId: string;
  /** When its form was opened, in milliseconds since the epoch. */
  readonly openedAt: number;
  /** `Bug`; empty while the host has not told it. */
  readonly type: string;
  /** Whether files are on their way to it, which the journal keeps. */
  readonly isAwaitingFiles: boolean;
}

/** What somebody else would have to finish if this frame were gone now. */
export interface Pending {
  readonly links: readonly PendingLink[];
  /**
   * The draft that the form shows, if it does. One without links counts as well: while there are two in a tab, a work
   * item that comes up may be either.
   */
  readonly draft?: DraftFacts | undefined;
}

/** What an observer says to a group: are you there? */
export interface FromObserver {
  readonly type: 'ping';
}

/** What a group says to an observer. */
export type FromGroup =
  | {
      readonly type: 'pending';
      /** Names the group, of which an observer may have two lines. */
      readonly sender: string;
      /** How many observers were told before this one: 0 for the one that shall act. */
      readonly turn: number;
      readonly pending: Pending;
    }
  | { readonly type: 'pong' | 'leaving' };

/**
 * The links that are still to be made. What failed stays with the person, and what is still being sent goes with the
 * frame that sends it.
 *
 * @param commentOf What the relation says beside the name; the same as for the queue.
 * @param mustWait Whether the target has unsaved edits, as far as is known without asking.
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
