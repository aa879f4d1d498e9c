import type { Problem, ProblemKind } from '../../base/errors';
import { t } from '../../base/i18n/translate';
import type { SkipReason } from '../../bulk/plan/plan';
import type { Outcome, ReportGroup } from '../../bulk/plan/report';
import { describeProblem, quoteName } from '../../upload/messages/problems';
import { describeSkip, listFacts } from './panel-sentences';

/** Heading for files with the same outcome. */
export function describeOutcome(kind: Outcome['kind'], reason?: SkipReason): string {
  switch (kind) {
    case 'attached':
      return t('Attached');
    case 'replaced':
      return t('Replaced');
    case 'not-replaced':
      return t('Attached, old file not removed');
    case 'already-there':
      return describeSkip('already-there');
    case 'skipped':
      return describeSkip(reason ?? 'same-content');
    case 'failed':
      return t('Failed');
    case 'cancelled':
      return t('Canceled');
    case 'not-tried':
      return t('Not attempted');
  }
}

/** Describes the rows of a group in words: `Failed: work item full`. */
export function describeGroup({ kind, problem, reason }: ReportGroup): string {
  const outcome = describeOutcome(kind, reason);
  return problem ? t('{outcome}: {why}', { outcome, why: nameProblem(problem.kind) }) : outcome;
}

/** Sums up a report: `19 of 36 attached, 17 failed`. */
export function describeReport(groups: readonly ReportGroup[], total: number): string {
  const count = (kinds: readonly string[]): number =>
    groups.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { rows }) => sum + rows.length, 0);
  const there = count(['attached', 'replaced', 'not-replaced']);
  const before = count(['already-there']);
  const skipped = count(['skipped']);
  const failed = count(['failed']);
  const left = count(['cancelled', 'not-tried']);
  return listFacts([
    t('{count, number} of {total, number} attached', { count: there, total }),
    before > 0 && t('{count, number} already attached', { count: before }),
    skipped > 0 && t('{count, number} skipped', { count: skipped }),
    failed > 0 && t('{count, number} failed', { count: failed }),
    left > 0 && t('{count, number} left', { count: left }),
  ]);
}

/** Describes a failure for the report. */
export function describeFailure(problem: Problem, name: string): string {
  return describeProblem(problem, quoteName(name));
}

const PROBLEM_NAMES: Readonly<Record<ProblemKind, () => string>> = {
  network: () => t('network'),
  timeout: () => t('timeout'),
  'signed-out': () => t('signed out'),
  'no-permission': () => t('no permission'),
  'work-item-missing': () => t('work item not found'),
  'work-item-closed': () => t('work item not saved'),
  'file-too-large': () => t('file too large'),
  'request-too-large': () => t('blocked by your network'),
  'file-unreadable': () => t('file unreadable'),
  'file-changed': () => t('file changed'),
  'has-secrets': () => t('secrets found'),
  'not-cleaned': () => t('metadata not removed'),
  'breaks-policy': () => t('not allowed by the policy'),
  'folder-unreadable': () => t('folder unreadable'),
  'folder-empty': () => t('folder empty'),
  'attachment-limit': () => t('work item full'),
  'link-limit': () => t('too many links'),
  'revision-limit': () => t('too many revisions'),
  'already-linked': () => t('already attached'),
  'comment-too-long': () => t('comment too long'),
  'not-attached': () => t('no longer attached'),
  conflict: () => t('conflict'),
  'rule-broken': () => t('invalid fields'),
  throttled: () => t('too many requests'),
  'server-busy': () => t('server busy'),
  'version-too-new': () => t('server too old'),
  refused: () => t('rejected'),
  'unexpected-answer': () => t('unexpected response'),
  'content-damaged': () => t('damaged during upload'),
  'split-incomplete': () => t('parts missing or damaged'),
  elsewhere: () => t('outside of this organization'),
  'link-lost': () => t('uploaded, but not attached'),
  'host-silent': () => t('no response'),
  updated: () => t('Stapler updated'),
  internal: () => t('internal error'),
};

/** Short name of a problem, as a heading for several files. */
function nameProblem(kind: ProblemKind): string {
  return PROBLEM_NAMES[kind]();
}
