import type { AttachmentReference } from '../azure/attachment';
import type { Problem } from '../base/errors';
import type { LinkTarget } from '../azure/work-item';

/** Names one upload for as long as the page lives. */
export type UploadId = string;

/** Names the files that arrived together: one drop, one paste, one pick. */
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

/** What a transport is doing: sending, sending everything once more, or comparing what arrived with the file. */
export type SendStep = 'sending' | 'starting-over' | 'verifying';

/** Where one upload stands. It is done when its relation is on the work item, not before. `attempt` is 1-based. */
export type UploadState =
  /** Its turn has not come. */
  | { readonly status: 'queued'; readonly attempt: number }
  | { readonly status: 'preparing'; readonly attempt: number }
  | { readonly status: 'uploading'; readonly attempt: number; readonly step: SendStep }
  /** Something failed, and it goes on by itself. */
  | {
      readonly status: 'waiting';
      /** The attempt that failed. */
      readonly attempt: number;
      readonly phase: Phase;
      readonly problem: Problem;
      /** When it goes on, in milliseconds since the epoch. */
      readonly until: number;
      /** Kept when only the link failed. */
      readonly reference?: AttachmentReference;
    }
  | { readonly status: 'paused'; readonly attempt: number }
  /** Its frame was gone, and the bytes with it: the file has to be picked again. */
  | { readonly status: 'needs-file'; readonly attempt: number }
  /** The bytes are stored; the link is about to be made, together with those of others if they come soon. */
  | { readonly status: 'uploaded'; readonly attempt: number; readonly reference: AttachmentReference }
  /** The bytes are stored; the work item is new, or has edits that a link would disturb. */
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
  /** How far it has come. Neither figure ever falls, also when the bytes have to be sent again. */
  readonly progress: Progress;
  /** Bytes that the server has confirmed of what is being sent now; begins at 0 again when everything is sent again. */
  readonly acceptedNow: number;
  /** Whether a link was tried. From then on the relation may be there, though nobody could see it. */
  readonly isLinkTried: boolean;
}

/** Bytes of one upload. */
export interface Progress {
  /** Those that have left the browser. */
  readonly bytesSent: number;
  /** Those that the server has confirmed. */
  readonly bytesAccepted: number;
}

/** What the server has of a file that goes in chunks: enough to go on with it from another frame. */
export interface UploadSession {
  readonly reference: AttachmentReference;
  /** Bytes that the server has confirmed; the next chunk begins there. */
  readonly bytesAccepted: number;
  /** Size of the next chunk, in bytes. It may have been sent already, so that it is sent again as it was. */
  readonly chunkBytes: number;
  /** Whether any byte was sent twice, so that only a comparison can tell what is stored. */
  readonly isDoubtful: boolean;
}

/** Turns bytes into attachment references. */
export interface Transport {
  /** Makes ready to send a file. Nothing happens before `run`. */
  begin(file: FileToSend): FileTransfer;
}

/** What a transport needs to know of a file. */
export interface FileToSend {
  readonly name: string;
  /** Size in bytes, asked for once: for a `File` that is a question to the disk. */
  readonly size: number;
  readonly source: Blob;
  /** Whether it is one of several files that were added together. */
  readonly isOneOfMany: boolean;
  /** How far another frame has come with it. */
  readonly session?: UploadSession | undefined;
}

/** A file that is being sent, over as many attempts as that takes. */
export interface FileTransfer {
  /**
   * Sends what the server has not confirmed yet. Once it has failed or was aborted it may be called again, and goes
   * on from there.
   *
   * @throws StaplerError when it failed, CancelledError when `signal` was aborted.
   */
  readonly run: (options: SendOptions) => Promise<AttachmentReference>;
}

/** How a transport reports and is stopped. */
export interface SendOptions {
  readonly signal: AbortSignal;
  /** How far this attempt has come; both figures fall when everything has to be sent again. */
  readonly onProgress: (progress: Progress) => void;
  /** To be awaited before each request: the server may have asked to be left alone. Also resolves after an abort. */
  readonly waitUntilOpen: () => Promise<void>;
  /** Told when the step changes; it begins with `sending`. */
  readonly onStep: (step: SendStep) => void;
  /**
   * Told before each chunk what the server has by then, and `undefined` when it has no use for that. To be awaited:
   * what is sent next must never be more than what another frame could learn of.
   */
  readonly onSession: (session: UploadSession | undefined) => Promise<void>;
}
