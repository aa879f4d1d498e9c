import { MAX_ATTACHMENTS_PER_WORK_ITEM } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { t } from '../../base/i18n/translate';
import { redact } from '../../base/redact';
import { describeProblem } from './problems';

/** Describes a problem with the same cause for several files; empty if its cause is the file. */
export function describeShared(problem: Problem): string {
  switch (problem.kind) {
    case 'network':
    case 'timeout':
    case 'signed-out':
    case 'no-permission':
    case 'work-item-missing':
    case 'request-too-large':
    case 'throttled':
    case 'server-busy':
    case 'version-too-new':
    case 'unexpected-answer':
    case 'host-silent':
    case 'updated':
      return describeProblem(problem, t('The files'));
    case 'attachment-limit':
      return t(
        'This work item is full ({limit, number} attachments). Remove some, then add the files again.',
        {
          limit: problem.limitCount ?? MAX_ATTACHMENTS_PER_WORK_ITEM,
        },
      );
    case 'link-limit':
      return t('This work item has as many links as it can hold. Remove some, then retry.');
    case 'revision-limit':
      return t(
        "This work item has too many revisions for the API. Attach the files in the form's own Attachments tab.",
      );
    case 'conflict':
      return t('Someone changed the work item at the same time. Retry.');
    case 'rule-broken':
      return t('The work item has invalid fields. {rules} Fix them, save, then retry.', {
        rules: redact(problem.brokenRules?.join(' ') || problem.serverMessage || ''),
      });
    case 'link-lost':
      return t('The files were uploaded, but not attached. Retry.');
    default:
      return '';
  }
}
