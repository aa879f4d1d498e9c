import { t } from '../../base/i18n/translate';
import { joinSentences } from './problems';
import { soleName } from './work-items';

/** Message about uploads of a closed frame: `1 upload was interrupted: “a.log”.` */
export function describeInterrupted(names: readonly string[]): string {
  const name = soleName(names);
  return name === undefined
    ? t('{count, plural, one {# upload was interrupted.} other {# uploads were interrupted.}}', {
        count: names.length,
      })
    : t('1 upload was interrupted: {name}.', { name });
}

/** Message about files still unsent when their form was closed. */
export function describeUnsent(names: readonly string[], workItem: string): string {
  return joinSentences(describeInterrupted(names), t('Open {workItem} to resume.', { workItem }));
}

/**
 * Explains why interrupted uploads wait for the user; empty if the user stopped them.
 *
 * @param possibleDuplicates Names of files the work item may already have.
 * @param isUnverified Whether the work item could not be read.
 */
export function describeStopped(possibleDuplicates: readonly string[], isUnverified = false): string {
  if (isUnverified) return t("Stapler couldn't check the existing attachments. Resume anyway?");
  const name = soleName(possibleDuplicates);
  if (name !== undefined)
    return t('{name} might already be attached (same name and size). Attach it again?', { name });
  const count = possibleDuplicates.length;
  if (count === 0) return '';
  return t(
    '{count, plural, one {# file might already be attached (same name and size). Attach it again?} other {# files might already be attached (same names and sizes). Attach them again?}}',
    { count },
  );
}
