import type { ProblemKind } from '../base/errors';

const LIMITS: ReadonlySet<ProblemKind> = new Set([
  'file-too-large',
  'request-too-large',
  'attachment-limit',
  'link-limit',
  'revision-limit',
  'comment-too-long',
]);

/** Whether a limit of Azure DevOps refuses a file: trying again does not help. */
export function isLimit(kind: ProblemKind): boolean {
  return LIMITS.has(kind);
}
