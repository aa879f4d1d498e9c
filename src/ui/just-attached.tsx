import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { OpenForm } from '../upload/form/form-state';
import { CheckIcon } from './icons';

/** Number of files attached a moment ago, and the offer to attach them to more work items. */
export function JustAttached(props: {
  count: number;
  /** Missing if the bulk panel is switched off. */
  onAlsoAttach: (() => void) | undefined;
}): React.JSX.Element {
  const { count, onAlsoAttach } = props;
  return (
    <span className="just-attached">
      <CheckIcon />
      <span>{t('{count, plural, one {# file attached} other {# files attached}}', { count })}</span>
      {onAlsoAttach && (
        <Button className="text-button" subtle={true} text={t('Also attach to…')} onClick={onAlsoAttach} />
      )}
    </span>
  );
}

/** Says why the form does not show files attached a moment ago. */
export function NotShownNote(props: {
  notShown: NonNullable<OpenForm['notShown']>;
  count: number;
}): React.JSX.Element {
  const { notShown, count } = props;
  return (
    <p className="form-group-note">
      {notShown === 'unsaved-edits'
        ? t('Attached. Save the work item to see the files in the form. Your unsaved changes are kept.')
        : t(
            '{count, plural, one {Attached. Refresh the form to see the file.} other {Attached. Refresh the form to see the files.}}',
            { count },
          )}
    </p>
  );
}
