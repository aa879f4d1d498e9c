import { listOf } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { joinSentences, quoteName } from './problems';
import { soleName } from './work-items';

/** Names listed in a message. */
const MAX_NAMES = 3;

/** Message about uploads of a closed frame: `2 uploads were interrupted: “a.log”, “b.png”.` */
export function describeInterrupted(names: readonly string[]): string {
  const listed = names.slice(0, MAX_NAMES).map(quoteName);
  return t(
    '{count, plural, one {# upload was interrupted: {names}.} other {# uploads were interrupted: {names}.}}',
    { count: names.length, names: listOf(names.length > MAX_NAMES ? [...listed, '…'] : listed) },
  );
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
