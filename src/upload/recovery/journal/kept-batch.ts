import type { LinkTarget } from '../../../azure/work-item';
import type { Problem } from '../../../base/errors';
import type { BatchId, Phase, Upload, UploadId, UploadReference, UploadSession } from '../../upload';
import type { InterruptedUpload } from '../../upload-journal';
import type { Fingerprint } from './fingerprint';

/** Stored progress of an upload. Linked uploads stay until the user has seen them. */
export type Stage = 'sending' | 'paused' | 'linking' | 'linked' | 'failed';

/** Stored upload. It has no token and no bytes; files are stored separately, if at all. */
export interface KeptUpload {
  readonly id: UploadId;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly folder: string;
  /** See `FileFacts`. */
  readonly comment?: string | undefined;
  /** See `FileFacts`. */
  readonly volumeBytes?: number | undefined;
  /** Media type reported by the browser; may be empty. */
  readonly type: string;
  /** In milliseconds since the epoch; 0 if unknown. */
  readonly lastModified: number;
  /** `undefined` until computed. */
  readonly fingerprint: Fingerprint | undefined;
  readonly isFileKept: boolean;
  readonly stage: Stage;
  /** 1-based. */
  readonly attempt: number;
  /** Whether a link was tried. It may exist although its response was lost. */
  readonly isLinkTried: boolean;
  readonly session: UploadSession | undefined;
  readonly reference: UploadReference | undefined;
  /** Present exactly if `stage` is `failed`. */
  readonly failure:
    { readonly phase: Phase; readonly problem: Problem; readonly retryable: boolean } | undefined;
}

/** Current format. Entries of other formats are set aside. */
export const FORMAT = 1;

/** Stored files of one drop, written, claimed and discarded together. */
export interface KeptBatch {
  readonly format: typeof FORMAT;
  /** Organization and user. */
  readonly partition: string;
  readonly id: BatchId;
  /** Frame in charge. */
  readonly owner: string;
  readonly target: LinkTarget;
  /** In milliseconds since the epoch. */
  readonly addedAt: number;
  readonly changedAt: number;
  readonly uploads: readonly KeptUpload[];
}

/** Stored facts of an upload; `undefined` if it is canceled. */
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

/** Returns the reference if all bytes are on the server for certain. */
export function referenceOf({ reference, session, size }: KeptUpload): UploadReference | undefined {
  if (reference) return reference;
  return session && session.bytesAccepted === size && !session.isDoubtful ? session.reference : undefined;
}

/**
 * Returns the upload to resume.
 *
 * @param source Stored bytes.
 */
export function interruptedUpload(
  kept: KeptUpload,
  { id: batchId, target }: KeptBatch,
  source: Blob | undefined,
): InterruptedUpload {
  const { id, name, size, folder, comment, volumeBytes, session } = kept;
  const reference = referenceOf(kept);
  const bytesAccepted = reference ? size : acceptedBytes(kept);
  const upload: Upload = {
    id,
    batchId,
    target,
    file: { name, size, folder, ...(comment && { comment }), ...(volumeBytes && { volumeBytes }) },
    state: stateOf(kept, reference, source !== undefined),
    progress: { bytesSent: bytesAccepted, bytesAccepted },
    acceptedNow: bytesAccepted,
    isLinkTried: kept.isLinkTried,
  };
  return { upload, source, session };
}

/** Returns the bytes confirmed by the server, in all volumes. */
export function acceptedBytes({ session, volumeBytes = 0 }: KeptUpload): number {
  return session ? (session.volumes?.length ?? 0) * volumeBytes + session.bytesAccepted : 0;
}

function stateOf(
  { stage, failure, attempt }: KeptUpload,
  reference: UploadReference | undefined,
  hasFile: boolean,
): Upload['state'] {
  const canResume = reference !== undefined || hasFile;
  if (failure && stage === 'failed' && (canResume || !failure.retryable)) {
    return { status: 'failed', attempt, ...failure, ...(reference && { reference }) };
  }
  if (reference) return { status: 'uploaded', attempt: 1, reference };
  if (!hasFile) return { status: 'needs-file', attempt: 1 };
  return { status: stage === 'paused' ? 'paused' : 'queued', attempt: 1 };
}

/** Batch of this frame, in memory. */
export interface BatchRecord {
  readonly id: BatchId;
  readonly addedAt: number;
  target: LinkTarget;
  readonly uploads: Map<UploadId, KeptUpload>;
  /** Whether its first write is still to come. */
  isNew: boolean;
  /** Files to remove after the next write. */
  readonly doneFiles: UploadId[];
  /** Resolves after the first write. */
  whenCreated: Promise<void>;
}

/** Creates the record of a new batch with these uploads, of which `first` is one. */
export function createRecord(
  first: Upload,
  uploads: readonly Upload[],
  sources: ReadonlyMap<UploadId, Blob>,
  addedAt: number,
): BatchRecord {
  const entries = uploads.map((upload) => [upload.id, createEntry(upload, sources.get(upload.id))] as const);
  return {
    id: first.batchId,
    addedAt,
    target: first.target,
    uploads: new Map(entries),
    isNew: true,
    doneFiles: [],
    whenCreated: Promise.resolve(),
  };
}

/** Creates the record of a claimed batch. */
export function adoptRecord({ id, addedAt, target, uploads }: KeptBatch): BatchRecord {
  const entries = new Map(uploads.map((kept) => [kept.id, kept]));
  const written = { isNew: false, doneFiles: [], whenCreated: Promise.resolve() };
  return { id, addedAt, target, uploads: entries, ...written };
}

/** Returns the batch to store. */
export function toBatch(record: BatchRecord, owner: string, changedAt: number): KeptBatch {
  const { id, target, addedAt } = record;
  const uploads = [...record.uploads.values()];
  return { format: FORMAT, partition: '', id, owner, target, addedAt, changedAt, uploads };
}

function createEntry(upload: Upload, source: Blob | undefined): KeptUpload {
  const { id, file } = upload;
  return {
    id,
    name: file.name,
    size: file.size,
    folder: file.folder,
    ...(file.comment && { comment: file.comment }),
    ...(file.volumeBytes && { volumeBytes: file.volumeBytes }),
    ...factsOf(source),
    fingerprint: undefined,
    isFileKept: false,
    session: undefined,
    reference: undefined,
    failure: undefined,
    stage: 'sending',
    attempt: 1,
    isLinkTried: false,
    ...keptFacts(upload),
  };
}

/** Type and date of a picked file. */
export function factsOf(source: Blob | undefined): Pick<KeptUpload, 'type' | 'lastModified'> {
  return {
    type: source?.type ?? '',
    lastModified: source instanceof File ? source.lastModified : 0,
  };
}

/** Records of one frame, by batch and by upload. */
export interface BatchRecords {
  readonly add: (record: BatchRecord) => void;
  /** Removes a record. Returns its uploads. */
  readonly remove: (id: BatchId) => readonly UploadId[];
  /** Removes a record without uploads. */
  readonly removeEmpty: (record: BatchRecord) => void;
  readonly removeUpload: (id: UploadId) => void;
  readonly get: (id: BatchId) => BatchRecord | undefined;
  /** Record of an upload. */
  readonly of: (id: UploadId) => BatchRecord | undefined;
  readonly all: () => readonly BatchRecord[];
}

/** Creates an empty collection. */
export function createBatchRecords(): BatchRecords {
  const records = new Map<BatchId, BatchRecord>();
  const recordOf = new Map<UploadId, BatchRecord>();
  return {
    add(record) {
      records.set(record.id, record);
      for (const id of record.uploads.keys()) recordOf.set(id, record);
    },
    remove(id) {
      const ids = [...(records.get(id)?.uploads.keys() ?? [])];
      records.delete(id);
      for (const each of ids) recordOf.delete(each);
      return ids;
    },
    removeEmpty: ({ id, uploads }) => uploads.size === 0 && records.delete(id),
    removeUpload(id) {
      recordOf.get(id)?.uploads.delete(id);
      recordOf.delete(id);
    },
    get: (id) => records.get(id),
    of: (id) => recordOf.get(id),
    all: () => [...records.values()],
  };
}
