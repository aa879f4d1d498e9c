import { MAX_ATTACHMENTS_PER_WORK_ITEM } from '../../azure/work-item';
import { t } from '../../base/i18n/translate';
import type { Problem } from '../../base/errors';
import type { PlanItem, PlannedAction, PlannedFile, SkipReason, UnmatchedReason } from '../../bulk/plan/plan';
import { DEFAULT_PATTERN } from '../../upload/rules/names/pattern';
import { formatBytes, listOf } from '../../base/format';
import { describeProblem, quoteName } from '../../upload/messages/problems';
import { describeWorkItem } from '../../upload/messages/work-items';
import { placesOf } from '../../upload/places';
import type { FileFacts } from '../../upload/upload';
import type { PanelState } from './panel-state';
import { patternOf } from './panel-state';

/** `1 work item`, `12 work items`. */
export function countItems(count: number): string {
  return t('{count, plural, one {# work item} other {# work items}}', { count });
}

/** `Bug 7`. */
export function labelOf({ id, type }: Pick<PlanItem, 'id' | 'type'>): string {
  return describeWorkItem(id, type);
}

/** Explains why a file has no work item. */
export function describeUnmatched(
  reason: UnmatchedReason,
  state: Pick<PanelState, 'pattern' | 'manifest'>,
): string {
  switch (reason.kind) {
    case 'no-number':
      if (state.pattern === DEFAULT_PATTERN) return t('No work item ID in the name or folder.');
      return patternOf(state).ok ? t("Doesn't match the pattern.") : t('Not assigned');
    case 'not-listed':
      return t("{count, plural, one {{ids} isn't in your list.} other {{ids} aren't in your list.}}", {
        count: reason.workItemIds.length,
        ids: listIds(reason.workItemIds),
      });
    case 'ambiguous-number':
      return t('Matches {ids}. Choose one.', { ids: listIds(reason.workItemIds) });
    case 'ambiguous-file':
      return t(
        'CSV line {line} also matches {count, plural, one {# other file} other {# other files}}. Add the folder to that line.',
        { line: reason.line, count: reason.fileIds.length - 1 },
      );
    case 'no-row':
      return state.manifest?.reading.ok ? t('Not in the CSV.') : t('Not assigned');
  }
}

/** Describes the planned action for a file; empty for a plain attach. */
export function describeFate(fate: PlannedAction, item: PlanItem): string {
  switch (fate.kind) {
    case 'attach':
      return '';
    case 'replace':
      return t('{count, plural, one {Replaces the existing file} other {Replaces # existing files}}', {
        count: fate.attachmentIds.length,
      });
    case 'skip':
      return describeSkip(fate.reason);
    case 'blocked':
      return describeBlocked(fate.problem, item);
  }
}

/** Explains why a file is left out, in the plan as in the report. */
export function describeSkip(reason: SkipReason): string {
  switch (reason) {
    case 'same-content':
      return t('Same content as another file');
    case 'same-name':
      return t('Same name as an attachment');
    default:
      return t('Already attached');
  }
}

/** Describes the attachments of a work item before there are files: `2 attachments`. */
export function describeRoom({ attachments, attachmentLimit }: PlanItem): string {
  const count = attachments.length;
  return count >= attachmentLimit
    ? t('Full ({count, number} attachments)', { count })
    : t('{count, plural, one {# attachment} other {# attachments}}', { count });
}

/** Sums up the planned actions: `20 files to attach · 2 skipped`. */
export function summarizePairs(pairs: readonly PlannedFile[]): string {
  if (pairs.length === 0) return t('No files assigned');
  const count = { going: 0, skipped: 0, full: 0, blocked: 0 };
  for (const { fate } of pairs) {
    if (fate.kind === 'skip') count.skipped++;
    else if (fate.kind !== 'blocked') count.going++;
    else if (fate.problem.kind === 'attachment-limit') count.full++;
    else count.blocked++;
  }
  const { going, skipped, full, blocked } = count;
  return joinFacts([
    going > 0 && t('{count, plural, one {# file to attach} other {# files to attach}}', { count: going }),
    skipped > 0 && t('{count, number} skipped', { count: skipped }),
    full > 0 &&
      t("{count, plural, one {Full: # file won't fit} other {Full: # files won't fit}}", { count: full }),
    blocked > 0 && t("{count, number} can't be attached", { count: blocked }),
  ]);
}

/** Explains why a file, or any file, can't be attached to a work item. */
export function describeBlocked(problem: Problem, item: PlanItem): string {
  if (problem.kind === 'attachment-limit')
    return t("Won't fit. The limit is {limit, number} attachments.", {
      limit: problem.limitCount ?? MAX_ATTACHMENTS_PER_WORK_ITEM,
    });
  if (problem.kind === 'no-permission') return t('You can view this work item but not edit it.');
  if (problem.kind === 'work-item-missing') return t("This work item doesn't exist, or you can't view it.");
  return describeProblem(problem, labelOf(item));
}

/** `1234, 1235 and 3 more`. */
function listIds(ids: readonly number[]): string {
  return listSome(ids.map(String));
}

/** `“a.txt”, “b.txt”, “c.txt” and 3 more`. */
export function listNames(names: readonly string[]): string {
  return listSome(names.map(quoteName));
}

function listSome(all: readonly string[]): string {
  const shown = listOf(all.slice(0, 3));
  return all.length > 3 ? t('{ids} and {count, number} more', { ids: shown, count: all.length - 3 }) : shown;
}

/** `20 files, 2 skipped`: lists facts and skips absent ones. */
export function listFacts(facts: readonly (string | false)[]): string {
  return listOf(facts.filter((fact) => fact !== false));
}

/** `Active · 20 files · 2 skipped`: joins facts of a line and skips absent ones. */
export function joinFacts(facts: readonly (string | false)[]): string {
  return facts.filter(Boolean).join(' · ');
}

/** `70 MB`, or `70 MB · 2 parts` for a split file. */
export function describeSize(file: Pick<FileFacts, 'size' | 'volumeBytes'>): string {
  const count = placesOf(file);
  return joinFacts([
    formatBytes(file.size),
    count > 1 && t('{count, plural, one {# part} other {# parts}}', { count }),
  ]);
}
