import type { Problem } from '../../../base/errors';
import { isSignedOut, isUnreachable } from '../../../base/problem-traits';

const SERVICE_UNAVAILABLE = 503;

/** Whether other files and work items would fail the same way: a run waits for the person instead. */
export function isAboutAll(problem: Problem): boolean {
  const { kind, status } = problem;
  const isBusy = kind === 'throttled' || status === SERVICE_UNAVAILABLE;
  return (
    isUnreachable(problem) || isSignedOut(problem) || isBusy || kind === 'updated' || kind === 'internal'
  );
}
