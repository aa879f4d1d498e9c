import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { EditsChoice } from '../upload/form/edits-choice';
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

const CHOSEN: Readonly<Record<Exclude<EditsChoice, 'wait'>, () => string>> = {
  'attach-now': () => t('Files are attached at once, also beside edits that are not saved.'),
  'save-first': () => t('Edits are saved as soon as files are to be attached.'),
};

/** Remembered choice for files next to unsaved edits, with a button to be asked again. */
export function RememberedChoice(props: {
  choice: EditsChoice;
  onAskAgain: () => void;
}): React.JSX.Element | null {
  const { choice, onAskAgain } = props;
  if (choice === 'wait') return null;
  return (
    <p className="form-group-note form-group-quiet">
      <span>{CHOSEN[choice]()}</span>
      <Button className="text-button" subtle={true} text={t('Ask me again')} onClick={onAskAgain} />
    </p>
  );
}
