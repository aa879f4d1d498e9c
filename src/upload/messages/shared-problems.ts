import { MAX_ATTACHMENTS_PER_WORK_ITEM } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { t } from '../../base/i18n/translate';
import { describeInRow } from './problems';

/** Describes a problem with the same cause for several files; empty if its cause is the file. */
export function describeShared(problem: Problem): string {
  switch (problem.kind) {
    case 'network':
    case 'timeout':
    case 'signed-out':
    case 'no-permission':
    case 'work-item-missing':
    case 'request-too-large':
    case 'link-limit':
    case 'revision-limit':
    case 'conflict':
    case 'rule-broken':
    case 'throttled':
    case 'server-busy':
    case 'version-too-new':
    case 'unexpected-answer':
    case 'link-lost':
    case 'host-silent':
    case 'updated':
      return describeInRow(problem);
    case 'attachment-limit':
      return t(
        'This work item is full ({limit, number} attachments). Remove some, then add the files again.',
        {
          limit: problem.limitCount ?? MAX_ATTACHMENTS_PER_WORK_ITEM,
        },
      );
    default:
      return '';
  }
}
