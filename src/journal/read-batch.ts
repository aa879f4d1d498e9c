import type { AttachmentReference } from '../model/attachment';
import type { Problem } from '../model/errors';
import { PROBLEM_KINDS } from '../model/errors';
import type { UploadSession } from '../model/upload-journal';
import type { LinkTarget } from '../model/work-item';
import type { Fingerprint } from './fingerprint';
import type { KeptBatch, KeptUpload } from './kept-batch';
import { FORMAT } from './kept-batch';

/**
 * A batch as it was written, or `undefined` where that cannot be told for sure: it may come from another version, or
 * be damaged. Nothing in it is guessed.
 */
export function readBatch(value: unknown): KeptBatch | undefined {
  const isBatch = shape<KeptBatch>({
    format: (format) => format === FORMAT,
    partition: isText,
    id: isName,
    owner: isName,
    target: isTarget,
    addedAt: isNumber,
    changedAt: isNumber,
    uploads: (uploads) => Array.isArray(uploads) && uploads.every(isUpload) && haveOwnIds(uploads),
  });
  return isBatch(value) ? value : undefined;
}

type Check = (value: unknown) => boolean;

/** Checks an object member by member. */
function shape<T>(members: { readonly [Name in keyof Required<T>]: Check }) {
  return (value: unknown): value is T => {
    if (typeof value !== 'object' || value === null) return false;
    const object = value as Record<keyof T, unknown>;
    return (Object.keys(members) as (keyof T)[]).every((name) => members[name](object[name]));
  };
}

/** For a member that may be missing. */
const ifThere =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const isText = (value: unknown): value is string => typeof value === 'string';
const isName: Check = (value) => isText(value) && value !== '';
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const isFlag: Check = (value) => typeof value === 'boolean';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isNumber: Check = (value) => Number.isFinite(value);
const isOneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string);

const isReference = shape<AttachmentReference>({
  id: (id) => isText(id) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id),
  url: isName,
});

const isSession = shape<UploadSession>({
  reference: isReference,
  bytesAccepted: isCount,
  chunkBytes: (bytes) => isCount(bytes) && bytes > 0,
  isDoubtful: isFlag,
});

const isFingerprint = shape<Fingerprint>({
  size: isCount,
  hashes: isTexts,
});

const isProblem = shape<Problem>({
  kind: isOneOf(...PROBLEM_KINDS),
  status: ifThere(isNumber),
  serverMessage: ifThere(isText),
  serverCode: ifThere(isText),
  typeKey: ifThere(isText),
  activityId: ifThere(isText),
  limitCount: ifThere(isNumber),
  limitBytes: ifThere(isNumber),
  supportedVersion: ifThere(isText),
  brokenRules: ifThere(isTexts),
  retryAfterMs: ifThere(isNumber),
  range: ifThere(isText),
});

const isFailure = shape<NonNullable<KeptUpload['failure']>>({
  phase: isOneOf('intake', 'preparing', 'uploading', 'linking'),
  problem: isProblem,
  retryable: isFlag,
});

const hasUploadShape = shape<KeptUpload>({
  id: isName,
  name: isName,
  size: isCount,
  folder: isText,
  type: isText,
  lastModified: isNumber,
  fingerprint: ifThere(isFingerprint),
  isFileKept: isFlag,
  stage: isOneOf('sending', 'paused', 'linking', 'linked', 'failed'),
  attempt: isCount,
  isLinkTried: isFlag,
  session: ifThere(isSession),
  reference: ifThere(isReference),
  failure: ifThere(isFailure),
});

/** Members that are fine by themselves may still contradict each other. */
function isUpload(value: unknown): value is KeptUpload {
  if (!hasUploadShape(value)) return false;
  const { stage, session, reference, failure, fingerprint, size } = value;
  if ((stage === 'linking' || stage === 'linked') && !reference) return false;
  if ((stage === 'failed') !== (failure !== undefined)) return false;
  if (fingerprint && fingerprint.size !== size) return false;
  return !session || session.bytesAccepted <= size;
}

function haveOwnIds(uploads: readonly KeptUpload[]): boolean {
  return new Set(uploads.map(({ id }) => id)).size === uploads.length;
}

const isWorkItem = shape<LinkTarget & { kind: 'work-item' }>({
  kind: isOneOf('work-item'),
  id: (id) => isCount(id) && id > 0,
});
const isDraft = shape<LinkTarget & { kind: 'draft' }>({ kind: isOneOf('draft'), draftId: isName });

const isPlan = shape<LinkTarget & { kind: 'plan' }>({ kind: isOneOf('plan'), planId: isName });

function isTarget(value: unknown): value is LinkTarget {
  return isWorkItem(value) || isDraft(value) || isPlan(value);
}
