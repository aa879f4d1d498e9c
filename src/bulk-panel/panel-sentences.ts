import type { Problem } from '../model/errors';
import type { Fate, PlanItem, UnmatchedReason } from '../plan/plan';
import type { Outcome } from '../plan/report';
import { countFiles } from '../ui/format';
import { describeProblem, describeWorkItem, quoteName } from '../ui/sentences';

/** `1 work item`, `12 work items`. */
export function countItems(count: number): string {
  return count === 1 ? '1 work item' : `${formatCount(count)} work items`;
}

/** `1,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

/** `Bug 7`. */
export function labelOf({ id, type }: Pick<PlanItem, 'id' | 'type'>): string {
  return describeWorkItem(id, type);
}

/** Why a file did not find a work item. */
export function describeUnmatched(reason: UnmatchedReason): string {
  switch (reason.kind) {
    case 'no-number':
      return 'No number of a work item in its name or folder.';
    case 'not-listed':
      return `${listIds(reason.workItemIds)} ${reason.workItemIds.length === 1 ? 'is' : 'are'} not among the work items.`;
    case 'ambiguous-number':
      return `It could be meant for ${listIds(reason.workItemIds)}.`;
    case 'ambiguous-file':
      return `Line ${reason.line} of the list could mean it, and ${countFiles(reason.fileIds.length - 1)} beside it. Name the folder there.`;
    case 'no-row':
      return 'No line of the list names it.';
  }
}

/** What becomes of a file on a work item where it is not simply attached. */
export function describeFate(fate: Fate, item: PlanItem): string {
  switch (fate.kind) {
    case 'attach':
      return '';
    case 'replace':
      return fate.attachmentIds.length === 1
        ? 'Replaces the one that is there'
        : `Replaces ${fate.attachmentIds.length} that are there`;
    case 'skip':
      return fate.reason === 'already-there'
        ? 'Already there, skipped'
        : 'The same content as another file, skipped';
    case 'blocked':
      return describeBlocked(fate.problem, item);
  }
}

/** Why nothing, or nothing more, can be attached to a work item. */
export function describeBlocked(problem: Problem, item: PlanItem): string {
  if (problem.kind === 'attachment-limit')
    return `No room: a work item holds at most ${problem.limitCount ?? 100} attachments.`;
  if (problem.kind === 'no-permission') return 'You may read it and not change it.';
  if (problem.kind === 'work-item-missing') return 'It does not exist, or you may not see it.';
  return describeProblem(problem, labelOf(item));
}

/** What came of a file on a work item, as a heading for several. */
export function describeOutcome(kind: Outcome['kind']): string {
  switch (kind) {
    case 'attached':
      return 'Attached';
    case 'replaced':
      return 'Replaced';
    case 'not-replaced':
      return 'Attached, old one still there';
    case 'already-there':
      return 'Already there';
    case 'skipped':
      return 'Same content twice';
    case 'failed':
      return 'Failed';
    case 'cancelled':
      return 'Cancelled';
    case 'not-tried':
      return 'Not tried';
  }
}

/** The reason in a sentence, for whoever reads the report. */
export function describeFailure(problem: Problem, name: string): string {
  return describeProblem(problem, quoteName(name));
}

/** `1234, 1235 and 3 more`. */
function listIds(ids: readonly number[]): string {
  const shown = ids.slice(0, 3).join(', ');
  return ids.length > 3 ? `${shown} and ${ids.length - 3} more` : shown;
}
