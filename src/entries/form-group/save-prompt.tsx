import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { ClockIcon, ErrorIcon } from '../../ui/icons';
import { describeUnsaved } from '../../upload/messages/work-items';
import type { OpenForm } from './form-state';

/** Files waiting for a save, with the choice to save or attach now. */
export function SavePrompt(props: {
  files: number;
  form: OpenForm;
  onSave: (remember: boolean) => void;
  onAttachNow: (remember: boolean) => void;
}): React.JSX.Element {
  const { files, form, onSave, onAttachNow } = props;
  const [remember, setRemember] = React.useState(false);
  const isNew = form.target.kind === 'draft';
  return (
    <div className="save-line" role="group" aria-label={t('Files that wait for a save')} data-keeps-focus="">
      <p className="form-group-note">
        <ClockIcon />
        <span>
          {t(
            '{count, plural, one {# file will be attached when you save.} other {# files will be attached when you save.}}',
            { count: files },
          )}
        </span>
      </p>
      {form.saving !== undefined && form.saving !== 'under-way' && (
        <p className="form-group-note" role="alert">
          <ErrorIcon />
          <span>{describeUnsaved(form.saving)}</span>
        </p>
      )}
      <div className="save-line-choices">
        <Button
          primary={true}
          text={form.saving === 'under-way' ? t('Saving…') : t('Save and attach')}
          disabled={form.saving === 'under-way'}
          onClick={() => onSave(remember && !isNew)}
        />
        {!isNew && (
          <Button text={t('Attach now, without saving my edits')} onClick={() => onAttachNow(remember)} />
        )}
        {!isNew && (
          <label className="save-line-remember">
            <input
              type="checkbox"
              checked={remember}
              onChange={(event) => setRemember(event.target.checked)}
            />
            {t('Do so from now on')}
          </label>
        )}
      </div>
    </div>
  );
}
