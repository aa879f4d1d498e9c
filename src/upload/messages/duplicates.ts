import { t } from '../../base/i18n/translate';
import type { Duplicate, SameFile } from '../upload';
import { joinSentences, quoteName } from './problems';

/** Describes an attachment that may be the same file as an upload, as a question. */
export function describeDuplicate(name: string, duplicate: Duplicate): string {
  if (duplicate.mustReplace)
    return t('This work item is full. Replace the attached {name}?', { name: quoteName(name) });
  const names = { name: quoteName(name), other: quoteName(duplicate.name) };
  switch (duplicate.likeness) {
    case 'name':
      return t('A file named {name} is already attached.', names);
    case 'content':
      return t('{name} is already attached as {other}.', names);
    case 'size':
      return t('{name} might already be attached as {other}. Both have the same size.', names);
  }
}

/**
 * Describes the same file on another work item, as a question.
 *
 * @param isLinkSafe Whether the organization keeps its bytes after it is removed there.
 */
export function describeSameFile({ workItemId, name }: SameFile, isLinkSafe: boolean): string {
  const item = `#${workItemId}`;
  return joinSentences(
    t('The same file is on {item} as {name}.', { item, name: quoteName(name) }),
    isLinkSafe ? undefined : t("If it's removed from there, it might be lost here too."),
  );
}

/** Message about attachments replaced by new files. */
export function describeReplaced(names: readonly string[]): string {
  const [name = ''] = names;
  return names.length === 1
    ? t('{name} was replaced.', { name: quoteName(name) })
    : t('{count, plural, one {# file was replaced.} other {# files were replaced.}}', {
        count: names.length,
      });
}
