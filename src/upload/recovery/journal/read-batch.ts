import type { AttachmentReference } from '../../../azure/attachment';
import type { Problem } from '../../../base/errors';
import { PROBLEM_KINDS } from '../../../base/errors';
import {
  shape,
  ifThere,
  isText,
  isName,
  isTexts,
  isFlag,
  isCount,
  isNumber,
  isOneOf,
} from '../../../base/shape';
import type { UploadSession } from '../../upload';
import type { LinkTarget } from '../../../azure/work-item';
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

/** Whether it is an error as data. */
export const isProblem = shape<Problem>({
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
