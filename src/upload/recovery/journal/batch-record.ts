import type { LinkTarget } from '../../../azure/work-item';
import type { BatchId, Upload, UploadId } from '../../upload';
import type { KeptBatch, KeptUpload } from './kept-batch';
import { FORMAT, keptFacts } from './kept-batch';

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
