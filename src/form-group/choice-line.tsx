import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../i18n/translate';
import type { EditsChoice } from './edits-choice';

const CHOSEN: Readonly<Record<Exclude<EditsChoice, 'wait'>, () => string>> = {
  'attach-now': () => t('Files are attached at once, also beside edits that are not saved.'),
  'save-first': () => t('Edits are saved as soon as files are to be attached.'),
};

/** Tells what a person has chosen for files beside unsaved edits, if that was remembered. */
export function ChoiceLine(props: { choice: EditsChoice; onAskAgain: () => void }): React.JSX.Element | null {
  const { choice, onAskAgain } = props;
  if (choice === 'wait') return null;
  return (
    <p className="form-group-note form-group-quiet">
      <span>{CHOSEN[choice]()}</span>
      <Button className="text-button" subtle={true} text={t('Ask me again')} onClick={onAskAgain} />
    </p>
  );
}
