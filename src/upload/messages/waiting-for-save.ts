import type { SaveOutcome } from '../../azure/host/host';
import { listOf } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { redact } from '../../base/redact';
import { soleName } from './work-items';

/** Question about changes that wait for a save: `Save the work item to remove “a.png”.` */
export function describeWaitingChanges(
  changes: readonly { readonly names: readonly string[]; readonly isRemoval: boolean }[],
): string {
  const names = changes.flatMap((change) => change.names);
  const name = soleName(names);
  const count = names.length;
  if (changes.every(({ isRemoval }) => isRemoval))
    return name === undefined
      ? t(
          '{count, plural, one {Save the work item to remove # file.} other {Save the work item to remove # files.}}',
          { count },
        )
      : t('Save the work item to remove {name}.', { name });
  return name === undefined
    ? t(
        '{count, plural, one {Save the work item to change # file.} other {Save the work item to change # files.}}',
        { count },
      )
    : t('Save the work item to change {name}.', { name });
}

/** Explains why the form was not saved. */
export function describeUnsaved(saving: Exclude<SaveOutcome, { outcome: 'saved' }>): string {
  switch (saving.outcome) {
    case 'invalid':
      return saving.fields.length > 0
        ? t(
            "{count, plural, one {Can't save yet. Fix this field first: {fields}.} other {Can't save yet. Fix these fields first: {fields}.}}",
            { count: saving.fields.length, fields: listOf(saving.fields) },
          )
        : t("Can't save yet. A field is empty or invalid.");
    case 'other-item':
      return t("Couldn't save because another work item is open on top. Close it first.");
    case 'failed':
      return saving.message
        ? t("Couldn't save. Message: {answer}", { answer: redact(saving.message) })
        : t("Couldn't save. Use the form's Save button.");
  }
}
