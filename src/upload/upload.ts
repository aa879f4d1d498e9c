import type { AttachmentReference, LinkableAttachment, LinkTarget } from '../azure/work-item';
import type { Problem } from '../base/errors';

/** Identifies an upload within its page. */
export type UploadId = string;

/** Identifies the files of one drop, paste or pick. */
export type BatchId = string;

/** Metadata of a picked file. */
export interface FileFacts {
  /** Name of the attachment. */
  readonly name: string;
  /** Size in bytes. */
  readonly size: number;
  /** Path of its folder in the drop, `logs/2026`, or empty. */
  readonly folder: string;
  /** Comment of its attachment, without the folder. Default: none. */
  readonly comment?: string | undefined;
  /** Set for a file to be split: size of its volumes, in bytes. */
  readonly volumeBytes?: number | undefined;
}

/** A volume whose bytes are on the server. Its comment has no folder. */
export type StoredVolume = Omit<LinkableAttachment, 'splitKey'>;

/** Attachment with the bytes of an upload. */
export interface UploadReference extends AttachmentReference {
  /** Volumes of a split file. The reference itself is that of the first. */
  readonly volumes?: readonly StoredVolume[] | undefined;
}

/** A file accepted by intake. */
export interface PickedFile extends FileFacts {
  /** The bytes. Never read into memory: the browser sends a `File` from disk. */
  readonly source: Blob;
}

/** A file with its bytes on the server, such as an attachment of another work item. */
export interface StoredFile extends FileFacts {
  readonly reference: AttachmentReference;
}

/** A file or folder rejected by intake. */
export interface RejectedFile extends FileFacts {
  readonly problem: Problem;
  /** The bytes, if the file can be attached once the reason is gone. */
  readonly source?: Blob;
}

/** Phase of an upload, to describe a failure. */
export type Phase = 'intake' | 'preparing' | 'uploading' | 'linking';

/** Step of a transfer: sending, sending from the start again, or comparing the stored bytes with the file. */
export type SendStep = 'sending' | 'starting-over' | 'verifying';

/** State of an upload. It is done once its relation is on the work item. `attempt` is 1-based. */
export type UploadState =
  /** Not yet started. */
  | { readonly status: 'queued'; readonly attempt: number }
  | { readonly status: 'preparing'; readonly attempt: number }
  | { readonly status: 'uploading'; readonly attempt: number; readonly step: SendStep }
  /** Waiting for an automatic retry. */
  | {
      readonly status: 'waiting';
      /** The failed attempt. */
      readonly attempt: number;
      readonly phase: Phase;
      readonly problem: Problem;
      /** Time of the retry, in milliseconds since the epoch. */
      readonly until: number;
      /** Set if only the link failed. */
      readonly reference?: UploadReference;
    }
  | { readonly status: 'paused'; readonly attempt: number }
  /** Its frame was closed and the bytes are gone: the file must be picked again. */
  | { readonly status: 'needs-file'; readonly attempt: number }
  /** The bytes are stored; the link follows soon, together with those of other files. */
  | { readonly status: 'uploaded'; readonly attempt: number; readonly reference: UploadReference }
  /** The bytes are stored; the work item is new, or a link would disturb its unsaved edits. */
  | { readonly status: 'waiting-for-save'; readonly attempt: number; readonly reference: UploadReference }
  | { readonly status: 'linking'; readonly attempt: number; readonly reference: UploadReference }
  | { readonly status: 'linked'; readonly reference: UploadReference; readonly revision: number }
  | {
      readonly status: 'failed';
      readonly attempt: number;
      readonly phase: Phase;
      readonly problem: Problem;
      /** Whether a manual retry can help. */
      readonly retryable: boolean;
      /** Set if only the link failed. A retry links it and never uploads it again. */
      readonly reference?: UploadReference;
    }
  | { readonly status: 'cancelled' };

/** Attachment of the target that an upload may repeat. */
export interface Duplicate {
  /** `comparing` contents, `asking` the user, or `replacing` the attachment as the user decided. */
  readonly status: 'comparing' | 'asking' | 'replacing';
  /** What both have in common. Equal sizes are a guess, made if the contents cannot be compared. */
  readonly likeness: 'name' | 'content' | 'size';
  readonly attachmentId: AttachmentReference['id'];
  /** Name of the attachment. */
  readonly name: string;
  /** Set if the work item has no room for both. The file is refused, unless it replaces the attachment. */
  readonly mustReplace?: true;
}

/** A file of another work item of the project with the bytes of an upload. */
export interface SameFile {
  readonly workItemId: number;
  /** Name of its project. */
  readonly project: string;
  readonly name: string;
  readonly reference: AttachmentReference;
}

/** Search for a file of another work item to link instead of an upload, and the question about it. */
export type SameFileQuestion =
  | { readonly status: 'comparing' }
  | { readonly status: 'asking'; readonly file: SameFile }
  /** The user has decided to link it: it is read once more, then linked. A refused link leads to an upload. */
  | { readonly status: 'verifying' | 'linking'; readonly file: SameFile };

/** Upload of one file to one work item. */
export interface Upload {
  readonly id: UploadId;
  readonly batchId: BatchId;
  /** Captured when the file arrived, since the form may show another work item later. */
  readonly target: LinkTarget;
  readonly file: FileFacts;
  readonly state: UploadState;
  /** Total progress. Never decreases, even if bytes are sent again. */
  readonly progress: Progress;
  /** Bytes confirmed by the server in the current session; 0 again after a new start. */
  readonly acceptedNow: number;
  /** Whether a link was attempted. From then on, the relation may exist, even without a response. */
  readonly isLinkTried: boolean;
  /** Set while the link waits for an answer, and if the answer is to replace. Not stored: other frames keep both. */
  readonly duplicate?: Duplicate | undefined;
  /** Set while no byte is sent because another work item may have the file. Not stored: other frames upload it. */
  readonly sameFile?: SameFileQuestion | undefined;
  /**
   * `possible`: no attempt to send it has begun, so that it can still be edited. `open`: it is in the editor, and nothing
   * of it is sent or stored meanwhile. Not stored: other frames ask for the file.
   */
  readonly edit?: 'possible' | 'open' | undefined;
}

/** Progress of an upload, in bytes. */
export interface Progress {
  /** Sent by the browser. */
  readonly bytesSent: number;
  /** Confirmed by the server. */
  readonly bytesAccepted: number;
}

/** State of a chunked upload, sufficient to resume it in another frame. */
export interface UploadSession {
  readonly reference: AttachmentReference;
  /** Bytes confirmed by the server: offset of the next chunk. */
  readonly bytesAccepted: number;
  /** Size of the next chunk, in bytes. The chunk may have been sent before, so the size must not change. */
  readonly chunkBytes: number;
  /** Whether any byte was sent twice. The stored bytes are then compared with the file. */
  readonly isDoubtful: boolean;
  /** References of the volumes before this one, if the file is split. */
  readonly volumes?: readonly AttachmentReference[] | undefined;
}

/** Why the whole queue pauses. */
export type PauseReason =
  | { readonly reason: 'nothing' }
  /** `until`: end of a pause that the server asked for before the connection was lost. */
  | { readonly reason: 'offline'; readonly until?: number }
  /** The server asked for a pause. `until` in milliseconds since the epoch. */
  | { readonly reason: 'throttled'; readonly until: number }
  /** The person is signed out. `until`: time of the next check. */
  | { readonly reason: 'signed-out'; readonly until: number }
  /** Several files in a row did not reach the server. `isBlocked`: see `ProblemFacts`. */
  | { readonly reason: 'unreachable'; readonly until: number; readonly isBlocked: boolean };

/** Turns bytes into attachment references. */
export interface Transport {
  /** Creates a transfer. Sends nothing before `run`. */
  begin(file: FileToSend): FileTransfer;
}

/** A file for a transport. */
export interface FileToSend extends Pick<FileFacts, 'name' | 'comment' | 'volumeBytes'> {
  /** Size in bytes. Cached, since `File.size` may access the disk. */
  readonly size: number;
  readonly source: Blob;
  /** Whether several files were added together. */
  readonly isOneOfMany: boolean;
  /** Session of another frame, to resume. */
  readonly session?: UploadSession | undefined;
}

/** Transfer of one file, over any number of attempts. */
export interface FileTransfer {
  /**
   * Sends the bytes not yet confirmed by the server. Call it again after a failure or an abort to resume.
   *
   * @throws StaplerError after a failure, CancelledError after an abort.
   */
  readonly run: (options: SendOptions) => Promise<UploadReference>;
}

/** Options of one attempt of a transfer. */
export interface SendOptions {
  readonly signal: AbortSignal;
  /** Called with the progress of this attempt. It decreases if the transfer starts over. */
  readonly onProgress: (progress: Progress) => void;
  /** Waits until the server no longer throttles. Await it before each request. Also resolves after an abort. */
  readonly waitUntilOpen: () => Promise<void>;
  /** Called when the step changes. The first step is `sending`. */
  readonly onStep: (step: SendStep) => void;
  /**
   * Called before each chunk with the session, or `undefined` if the server has dropped it. Await it: the session must
   * be stored before the next chunk is sent.
   */
  readonly onSession: (session: UploadSession | undefined) => Promise<void>;
}
