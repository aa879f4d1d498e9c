import { t } from '../../base/i18n/translate';
import type { Targets } from './field-insertions';
import type { FieldOutcome } from './insert-into-field';

/** Describes where a file went. @param field Name of the field; `undefined` for a comment. */
export function describeInserted(outcome: 'inserted' | 'waits', field: string | undefined): string {
  if (field !== undefined) return t('Inserted into {field}. Save the work item to keep it.', { field });
  return outcome === 'inserted'
    ? t('Inserted into a new comment.')
    : t('Save the work item to add the comment.');
}

/** Describes why nothing was inserted into a field, and a way out. @param field Its name. */
export function describeFailure(outcome: Exclude<FieldOutcome, 'inserted'>, field: string): string {
  switch (outcome) {
    case 'read-only':
      return t('{field} is read-only. Choose another place.', { field });
    case 'other-item':
      return t('Another work item is open. Open this one again, then insert the file.');
    case 'no-form':
      return t("The form didn't accept the change. Try again, or choose a new comment.");
    case 'no-place':
      return t(
        'Nothing can be added to {field}: its text is too long, or it ends inside code or a comment. Choose another place.',
        { field },
      );
    case 'no-markdown':
      return t(
        "The form doesn't accept Markdown for {field}. Nothing was inserted. Copy the Markdown and paste it into the field.",
        { field },
      );
    case 'unclear':
      return t("Stapler couldn't check {field}. Look at its text before you save the work item.", { field });
  }
}

/** Describes why there is no field for a pasted image. */
export function describeMissingField(formProblem: Targets['formProblem']): string {
  switch (formProblem) {
    case 'other-item':
      return describeFailure('other-item', '');
    case 'failed':
      return describeFailure('no-form', '');
    case undefined:
      return t('The form has no field for long texts.');
  }
}

/** Describes why nothing was inserted before the first save, and a way out. */
export function describeNewItem(): string {
  return t('Save the work item, then choose “Insert into…” in the menu of the image.');
}

/** Describes why only a comment can be chosen; empty if there are fields. */
export function describeTargets({ formProblem }: Targets): string {
  switch (formProblem) {
    case 'other-item':
      return t('Another work item is open, so you can only insert into a new comment.');
    case 'failed':
      return t("The form isn't responding, so you can only insert into a new comment.");
    case undefined:
      return '';
  }
}
