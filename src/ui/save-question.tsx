import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { SaveOutcome } from '../azure/host/host';
import { t } from '../base/i18n/translate';
import { describeUnsaved } from '../upload/messages/work-items';
import { ClockIcon, ErrorIcon } from './icons';
import './save-line.css';

/** Progress or failure of a requested save; `undefined` without one, or after success. */
export type Saving = 'under-way' | Exclude<SaveOutcome, { outcome: 'saved' }> | undefined;

/** Question about work that waits for a save of the form: save, or continue without saving. */
export function SaveQuestion(props: {
  /** Accessible name. */
  label: string;
  text: string;
  saving: Saving;
  saveText: string;
  onSave: (remember: boolean) => void;
  /** Text of the choice to continue without saving. */
  nowText: string;
  /** Missing if only a save can help. */
  onNow?: ((remember: boolean) => void) | undefined;
  /** Whether the choice can be remembered. Default: true. */
  canRemember?: boolean;
  /** Missing if the work is canceled elsewhere. */
  onCancel?: () => void;
}): React.JSX.Element {
  const { label, text, saving, saveText, onSave, nowText, onNow, canRemember = true, onCancel } = props;
  const [remember, setRemember] = React.useState(false);
  return (
    <div className="save-line" role="group" aria-label={label} data-keeps-focus="">
      <p className="line-text" role={canRemember ? undefined : 'status'}>
        <ClockIcon />
        <span>{text}</span>
      </p>
      {saving !== undefined && saving !== 'under-way' && (
        <p className="line-text" role="alert">
          <ErrorIcon />
          <span>{describeUnsaved(saving)}</span>
        </p>
      )}
      <div className="save-line-choices">
        <Button
          primary={true}
          text={saving === 'under-way' ? t('Saving…') : saveText}
          disabled={saving === 'under-way'}
          onClick={() => onSave(remember && onNow !== undefined)}
        />
        {onNow && <Button text={nowText} onClick={() => onNow(remember)} />}
        {onCancel && <Button subtle={true} text={t('Cancel')} onClick={onCancel} />}
        {onNow && canRemember && (
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
