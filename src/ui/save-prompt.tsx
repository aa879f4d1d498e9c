import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { OpenForm } from '../upload/form/form-state';
import { SaveQuestion } from './save-question';

/** Files waiting for a save, with the choice to save or attach now. */
export function SavePrompt(props: {
  files: number;
  form: OpenForm;
  onSave: (remember: boolean) => void;
  onAttachNow: (remember: boolean) => void;
}): React.JSX.Element {
  const { files, form, onSave, onAttachNow } = props;
  return (
    <SaveQuestion
      label={t('Files that wait for a save')}
      text={t(
        '{count, plural, one {# file will be attached when you save.} other {# files will be attached when you save.}}',
        { count: files },
      )}
      saving={form.saving}
      saveText={t('Save and attach')}
      onSave={onSave}
      nowText={t('Attach now, without saving my edits')}
      onNow={form.target.kind === 'draft' ? undefined : onAttachNow}
    />
  );
}
