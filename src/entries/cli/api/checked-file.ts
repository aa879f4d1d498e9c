import type { FileCheck } from '../../../engine/rules/check-files';
import type { Failure } from './failure';
import { withFailure } from './failure';

/** A secret in a text file. */
export interface FoundSecret {
  /** Kind of the secret, such as `github-token`. */
  readonly rule: string;
  /** From 1. */
  readonly line: number;
  /** In characters, from 1. */
  readonly column: number;
  /** Part of its line, with asterisks for the secret. */
  readonly excerpt: string;
}

/** Metadata and secrets of a file. */
export interface CheckedFile {
  /** Absolute. */
  readonly path: string;
  /** Metadata removed from an image. */
  readonly removed?: {
    readonly location: boolean;
    readonly thumbnail: boolean;
    /** Bytes behind the end of the image. */
    readonly trailingBytes: number;
    readonly other: boolean;
  };
  /** Why metadata is left: no cleaner for the format, or a part of the file that does not parse. */
  readonly kept?: 'format' | 'damaged';
  readonly secrets?: {
    readonly count: number;
    /** The first 20; none of a HAR. */
    readonly findings: readonly FoundSecret[];
    readonly outcome: 'warned' | 'masked' | 'refused';
  };
  /** Why a text was not searched for secrets. */
  readonly notScanned?: 'too-large' | 'timeout';
  /** Set if the file is attached nowhere. */
  readonly problem?: Failure;
}

/** Returns a check as the package tells it. */
export function checkedFileOf({ path, metadata, secrets, problem }: FileCheck): CheckedFile {
  return {
    path,
    ...(metadata?.kind === 'removed' && { removed: metadata.removed }),
    ...(metadata?.kind === 'kept' && { kept: metadata.reason }),
    ...(secrets?.kind === 'not-scanned' && { notScanned: secrets.reason }),
    ...(secrets?.kind === 'found' && {
      secrets: {
        ...{ count: secrets.count, outcome: secrets.outcome },
        findings: secrets.findings.map(({ rule, line, column, excerpt }) => ({
          rule,
          line,
          column,
          excerpt,
        })),
      },
    }),
    ...withFailure(problem),
  };
}
