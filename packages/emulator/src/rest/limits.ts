import type { Assumptions } from '../contract';

/** Limits of the service, each to be changed by a test. */
export interface Limits {
  /** Default: `assumptions.largestFile`. */
  maxAttachmentBytes?: number;
  maxAttachmentsPerItem: number;
  maxRelationsPerItem: number;
  maxRevisions: number;
  /** Of a query. */
  maxQueryResults: number;
  /** Of a relation's comment, in UTF-16 units. */
  maxCommentLength: number;
}

/** In bytes (REST reference A.5); `null` for no limit. */
export const largestFiles: Readonly<Record<Assumptions['largestFile'], number | null>> = {
  '60 MB': 60 * 2 ** 20,
  '4 MB': 4 * 2 ** 20,
  '2 GB': 2_000_000_000,
  any: null,
};

/** Limits of the service as documented. */
export function defaultLimits(): Limits {
  return {
    maxAttachmentsPerItem: 100,
    maxRelationsPerItem: 1000,
    maxRevisions: 10_000,
    maxQueryResults: 20_000,
    maxCommentLength: 255,
  };
}
