import type { GenericSchema } from 'valibot';
import { array, check, is, literal, optional, picklist, pipe, regex, string, union } from 'valibot';
import type { AttachmentReference, LinkTarget } from '../../../azure/work-item';
import {
  countSchema,
  finiteSchema,
  flagSchema,
  nameSchema,
  objectOf,
  positiveSchema,
  problemSchema,
  textSchema,
} from '../../../base/schema';
import type { StoredVolume, UploadReference, UploadSession } from '../../upload';
import type { Fingerprint } from './fingerprint';
import type { KeptBatch, KeptUpload } from './kept-batch';
import { acceptedBytes, FORMAT } from './kept-batch';

/** Lower-case GUID. */
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const referenceMembers = { id: pipe(string(), regex(GUID)), url: nameSchema };
const referenceSchema = objectOf<AttachmentReference>(referenceMembers);

const uploadReferenceSchema = objectOf<UploadReference>({
  ...referenceMembers,
  volumes: optional(
    array(
      objectOf<StoredVolume>({
        reference: referenceSchema,
        name: nameSchema,
        comment: textSchema,
        size: countSchema,
      }),
    ),
  ),
});

const sessionSchema = objectOf<UploadSession>({
  reference: referenceSchema,
  bytesAccepted: countSchema,
  chunkBytes: positiveSchema,
  isDoubtful: flagSchema,
  volumes: optional(array(referenceSchema)),
});

const fingerprintSchema = objectOf<Fingerprint>({
  size: countSchema,
  hashes: array(textSchema),
});

const failureSchema = objectOf<NonNullable<KeptUpload['failure']>>({
  phase: picklist(['intake', 'preparing', 'uploading', 'linking']),
  problem: problemSchema,
  retryable: flagSchema,
});

const uploadSchema: GenericSchema<KeptUpload> = pipe(
  objectOf<KeptUpload>({
    id: nameSchema,
    name: nameSchema,
    size: countSchema,
    folder: textSchema,
    comment: optional(textSchema),
    volumeBytes: optional(positiveSchema),
    type: textSchema,
    lastModified: finiteSchema,
    fingerprint: optional(fingerprintSchema),
    isFileKept: flagSchema,
    stage: picklist(['sending', 'paused', 'linking', 'linked', 'failed']),
    attempt: countSchema,
    isLinkTried: flagSchema,
    session: optional(sessionSchema),
    reference: optional(uploadReferenceSchema),
    failure: optional(failureSchema),
  }),
  check(isConsistent),
);

const targetSchema: GenericSchema<LinkTarget> = union([
  objectOf<LinkTarget & { kind: 'work-item' }>({ kind: literal('work-item'), id: positiveSchema }),
  objectOf<LinkTarget & { kind: 'draft' }>({ kind: literal('draft'), draftId: nameSchema }),
  objectOf<LinkTarget & { kind: 'plan' }>({ kind: literal('plan'), planId: nameSchema }),
]);

const batchSchema = objectOf<KeptBatch>({
  format: literal(FORMAT),
  partition: textSchema,
  id: nameSchema,
  owner: nameSchema,
  target: targetSchema,
  addedAt: finiteSchema,
  changedAt: finiteSchema,
  uploads: pipe(
    array(uploadSchema),
    check((uploads) => haveUniqueIds(uploads)),
  ),
});

/** Returns `value` as a batch, or `undefined` for a batch of another version or a damaged one. */
export function readBatch(value: unknown): KeptBatch | undefined {
  return is(batchSchema, value) ? value : undefined;
}

/** Readable batches among stored values. */
export function readBatches(values: Iterable<unknown>): readonly KeptBatch[] {
  return [...values].flatMap((value) => readBatch(value) ?? []);
}

/** Valid members may still contradict each other. */
function isConsistent(kept: KeptUpload): boolean {
  const { stage, session, reference, failure, fingerprint, size, volumeBytes } = kept;
  if ((stage === 'linking' || stage === 'linked') && !reference) return false;
  if ((stage === 'failed') !== (failure !== undefined)) return false;
  if (fingerprint && fingerprint.size !== size) return false;
  if (session?.volumes && !volumeBytes) return false;
  return acceptedBytes(kept) <= size;
}

function haveUniqueIds(uploads: readonly KeptUpload[]): boolean {
  return new Set(uploads.map(({ id }) => id)).size === uploads.length;
}
