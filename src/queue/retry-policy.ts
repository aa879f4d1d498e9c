import type { Problem, ProblemKind } from '../model/errors';

/** Trying the same file again changes nothing: it has to be picked anew, or it is too large. */
const HOPELESS: ReadonlySet<ProblemKind> = new Set([
  'file-unreadable',
  'folder-unreadable',
  'folder-empty',
  'file-too-large',
  'work-item-closed',
]);

/** Whether a person is offered "Retry" for an upload that failed so. */
export function canRetryByHand(problem: Problem): boolean {
  return !HOPELESS.has(problem.kind);
}
