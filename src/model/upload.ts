import type { AttachmentReference } from './attachment';
import type { Problem } from './errors';
import type { LinkTarget } from './work-item';

/** Names one upload for as long as the page lives. */
export type UploadId = string;

/** Names the files that arrived together: one drop, one paste, one pick. They are linked together. */
export type BatchId = string;

/** What is known of a picked file beside its bytes. */
export interface FileFacts {
  /** Name that the attachment gets. */
  readonly name: string;
  /** Size in bytes. */
  readonly size: number;
  /** Folders that it was dropped in, `logs/2026`; empty for a file that came alone. */
  readonly folder: string;
}

/** A file that passed intake. */
export interface PickedFile extends FileFacts {
  /** The bytes. Never read into memory: a `File` is handed to the browser as it is. */
  readonly source: Blob;
}

/** A file or folder that did not pass intake, and why. */
export interface RejectedFile extends FileFacts {
  readonly problem: Problem;
}

/** Step of the path that failed. */
export type Phase = 'intake' | 'preparing' | 'uploading' | 'linking';

/**
 * Where one upload stands. `bytesSent` left the browser, `bytesAccepted` the server confirmed; an upload is done
 * when its relation is on the work item, not before.
 */
export type UploadState =
  | { readonly status: 'queued'; readonly attempt: number }
  | { readonly status: 'preparing'; readonly attempt: number }
  | {
      readonly status: 'uploading';
      /** 1-based. */
      readonly attempt: number;
      readonly bytesSent: number;
      readonly bytesAccepted: number;
    }
  | { readonly status: 'paused'; readonly attempt: number }
  /** The bytes are stored; the other files of its batch are still on their way. */
  | { readonly status: 'uploaded'; readonly attempt: number; readonly reference: AttachmentReference }
  | { readonly status: 'waiting-for-save'; readonly attempt: number; readonly reference: AttachmentReference }
  | { readonly status: 'linking'; readonly attempt: number; readonly reference: AttachmentReference }
  | { readonly status: 'linked'; readonly reference: AttachmentReference; readonly revision: number }
  | {
      readonly status: 'failed';
      readonly attempt: number;
      readonly phase: Phase;
      readonly problem: Problem;
      /** Whether trying again by hand can help. */
      readonly retryable: boolean;
      /** Kept when only the link failed: it is linked again, never uploaded again. */
      readonly reference?: AttachmentReference;
    }
  | { readonly status: 'cancelled' };

/** One file on its way to one work item. */
export interface Upload {
  readonly id: UploadId;
  readonly batchId: BatchId;
  /** Captured when the file arrived; whatever the form shows later, the file goes here. */
  readonly target: LinkTarget;
  readonly file: FileFacts;
  readonly state: UploadState;
}

/** Whether nothing more happens to an upload unless a person asks for it. */
export function isOver({ status }: UploadState): boolean {
  return status === 'linked' || status === 'failed' || status === 'cancelled';
}

/** Whether bytes are still on their way, so that the other files of the batch wait for it. */
export function isSending({ status }: UploadState): boolean {
  return status === 'queued' || status === 'preparing' || status === 'uploading';
}

/** Turns bytes into an attachment reference. `size` is in bytes. */
export interface Transport {
  /**
   * @throws StaplerError when it failed, CancelledError when `signal` was aborted.
   */
  send(file: { name: string; source: Blob }, options: SendOptions): Promise<AttachmentReference>;
}

/** How a transport reports and is stopped. */
export interface SendOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { bytesSent: number; bytesAccepted: number }) => void;
}
