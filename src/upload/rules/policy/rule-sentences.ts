import type { Problem } from '../../../base/errors';
import { formatBytes } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import type { RuleBreak } from './check-file';
import type { PolicyRules } from './policy';

/** Returns the sentence for a broken rule of the project, with the way out. */
export function describeBreak(broken: RuleBreak): string {
  switch (broken.rule) {
    case 'maxBytes':
      return t('This project allows files up to {limit}. This file has {size}.', {
        limit: formatBytes(broken.maxBytes),
        size: formatBytes(broken.size),
      });
    case 'maxFiles':
      return t(
        'This project allows {count, plural, one {# attachment} other {# attachments}} on a work item.',
        { count: broken.maxFiles },
      );
    case 'type':
      return describeType(broken);
    case 'requireComment':
      return t('This project asks for a comment on each file.');
    case 'name':
      return t('This project asks for names such as “{pattern}”. Rename the file.', {
        pattern: broken.pattern,
      });
  }
}

function describeType({ extension, isContent }: Extract<RuleBreak, { rule: 'type' }>): string {
  if (isContent)
    return t("By its content, this is a file of type “{type}”, which this project doesn't allow.", {
      type: extension,
    });
  if (extension === '') return t("This project doesn't allow files without an extension.");
  return t("This project doesn't allow files of type “{type}”.", { type: extension });
}

/** Returns the problem of a file, with a sentence for each rule that it breaks and the message of the policy. */
export function problemOfBreaks({ message }: PolicyRules, breaks: readonly RuleBreak[]): Problem {
  const sentences = breaks.map(describeBreak);
  return { kind: 'breaks-policy', brokenRules: message ? [...sentences, message] : sentences };
}
