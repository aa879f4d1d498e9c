import type { AttachmentReference } from '../../../azure/attachment';
import type { Problem } from '../../../base/errors';
import type { BatchId, Phase, Upload, UploadId, UploadSession } from '../../upload';
import type { InterruptedUpload } from '../../upload-journal';
import type { LinkTarget } from '../../../azure/work-item';
import type { Fingerprint } from './fingerprint';

/** How far an upload has come, as far as another frame must know. What was linked is kept until somebody has seen it. */
export type Stage = 'sending' | 'paused' | 'linking' | 'linked' | 'failed';

/** One upload as the journal keeps it. It holds no token, and no bytes: those are kept beside it, if at all. */
export interface KeptUpload {
  readonly id: UploadId;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly folder: string;
  /** Media type as the browser told it; may be empty. */
  readonly type: string;
  /** In milliseconds since the epoch; 0 where the browser did not tell it. */
  readonly lastModified: number;
  /** `undefined` until the file was looked at. */
  readonly fingerprint: Fingerprint | undefined;
  readonly isFileKept: boolean;
  readonly stage: Stage;
  /** 1-based. */
  readonly attempt: number;
  /** Whether a link was tried, which may be there although nobody saw it. */
  readonly isLinkTried: boolean;
  readonly session: UploadSession | undefined;
  readonly reference: AttachmentReference | undefined;
  /** Why it failed, where `stage` says so. */
  readonly failure:
    { readonly phase: Phase; readonly problem: Problem; readonly retryable: boolean } | undefined;
}

/** The format that is written today. Whatever cannot be read as such is set aside. */
export const FORMAT = 1;

/** The files of one drop, which are written, claimed and forgotten together. */
export interface KeptBatch {
  readonly format: typeof FORMAT;
  /** Organisation and user. */
  readonly partition: string;
  readonly id: BatchId;
  /** The frame that works on it. */
  readonly owner: string;
  readonly target: LinkTarget;
  /** In milliseconds since the epoch. */
  readonly addedAt: number;
  readonly changedAt: number;
  readonly uploads: readonly KeptUpload[];
}

/** What is worth keeping of an upload; `undefined` when it is over without a trace. */
export function keptFacts(
  upload: Upload,
): Pick<KeptUpload, 'stage' | 'attempt' | 'isLinkTried' | 'reference' | 'failure'> | undefined {
  const { state, isLinkTried } = upload;
  const stage = stageOf(upload);
  if (!stage) return undefined;
  return {
    stage,
    attempt: 'attempt' in state ? state.attempt : 1,
    isLinkTried,
    reference: 'reference' in state ? state.reference : undefined,
    failure:
      state.status === 'failed'
        ? { phase: state.phase, problem: state.problem, retryable: state.retryable }
        : undefined,
  };
}

function stageOf({ state }: Upload): Stage | undefined {
  switch (state.status) {
    case 'cancelled':
      return undefined;
    case 'linked':
    case 'failed':
    case 'paused':
      return state.status;
    case 'uploaded':
    case 'waiting-for-save':
    case 'linking':
      return 'linking';
    case 'waiting':
      return state.reference ? 'linking' : 'sending';
    case 'queued':
    case 'preparing':
    case 'uploading':
    case 'needs-file':
      return 'sending';
  }
}

/** The reference where all bytes are stored for sure: nothing of them needs to be sent again. */
export function referenceOf({ reference, session, size }: KeptUpload): AttachmentReference | undefined {
  if (reference) return reference;
  return session && session.bytesAccepted === size && !session.isDoubtful ? session.reference : undefined;
}

/**
 * An upload as another frame goes on with it.
 *
 * @param source What was kept of its bytes.
 */
export function interruptedUpload(
  kept: KeptUpload,
  { id: batchId, target }: KeptBatch,
  source: Blob | undefined,
): InterruptedUpload {
  const { id, name, size, folder, session } = kept;
  const reference = referenceOf(kept);
  const bytesAccepted = reference ? size : (session?.bytesAccepted ?? 0);
  const upload: Upload = {
    id,
    batchId,
    target,
    file: { name, size, folder },
    state: stateOf(kept, reference, source !== undefined),
    progress: { bytesSent: bytesAccepted, bytesAccepted },
    acceptedNow: bytesAccepted,
    isLinkTried: kept.isLinkTried,
  };
  return { upload, source, session };
}

function stateOf(
  { stage, failure, attempt }: KeptUpload,
  reference: AttachmentReference | undefined,
  hasFile: boolean,
): Upload['state'] {
  const canGoOn = reference !== undefined || hasFile;
  if (failure && stage === 'failed' && (canGoOn || !failure.retryable)) {
    return { status: 'failed', attempt, ...failure, ...(reference && { reference }) };
  }
  if (reference) return { status: 'uploaded', attempt: 1, reference };
  if (!hasFile) return { status: 'needs-file', attempt: 1 };
  return { status: stage === 'paused' ? 'paused' : 'queued', attempt: 1 };
}
