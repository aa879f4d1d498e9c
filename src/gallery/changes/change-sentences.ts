import type { Problem } from '../../model/errors';
import { redact } from '../../ui/redact';
import { describeProblem, quoteName } from '../../ui/sentences';

/** Why something that is attached was not changed, and what to do. */
export function describeUnchanged(problem: Problem, name: string): string {
  switch (problem.kind) {
    case 'conflict':
      return `${quoteName(name)} was not changed: somebody changed the work item at the same moment. Try again.`;
    case 'rule-broken':
      return `${quoteName(name)} was not changed, because the work item breaks a rule. ${rulesOf(problem)} Correct that and save, then try again.`;
    case 'revision-limit':
      return `${quoteName(name)} was not changed: the work item has too many revisions for the API.`;
    default:
      return describeProblem(problem, quoteName(name));
  }
}

function rulesOf({ brokenRules = [], serverMessage = '' }: Problem): string {
  return redact(brokenRules.join(' ') || serverMessage);
}
