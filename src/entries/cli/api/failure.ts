import type { Problem, ProblemKind } from '../../../base/errors';
import { describeProblem } from '../../../engine/sentences';

/** Reason of a failure that concerns one file or work item. */
export interface Failure {
  /** Kind, by its remedy: `file-too-large`, `no-permission`. New kinds may be added. */
  readonly kind: ProblemKind;
  /** English sentences for a person: the reason and the remedy. */
  readonly explanation: string;
  /** Id for Microsoft's support, if the server sent one. */
  readonly activityId?: string;
}

/** Returns a problem as the package tells it. */
export function failureOf(problem: Problem): Failure {
  const { kind, activityId } = problem;
  return { kind, explanation: describeProblem(problem), ...(activityId !== undefined && { activityId }) };
}

/** Member `problem` of a result; none without a problem. */
export function withFailure(problem: Problem | undefined): { readonly problem?: Failure } {
  return problem ? { problem: failureOf(problem) } : {};
}
