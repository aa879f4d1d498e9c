import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { Dialog } from '../../ui/dialog';
import type { PolicyVersion } from '../../upload/rules/policy/policy-document';
import { Differences } from './differences';
import { describeVersion } from './save-bar';

/** Earlier versions of the policy, with the changes from each one to the text in the editor. */
export function HistoryDialog(props: {
  versions: readonly PolicyVersion[];
  /** Text in the editor. */
  text: string;
  /** Puts the text of a version into the editor. */
  onRestore: (text: string) => void;
  onClose: () => void;
}): React.JSX.Element {
  const { versions, text, onRestore, onClose } = props;
  const [index, setIndex] = React.useState(0);
  const version = versions[index];
  return (
    <Dialog title={t('History of the rules')} onClose={onClose}>
      <ul className="settings-history">
        {versions.map((each, at) => (
          <li key={at}>
            <button
              type="button"
              className="fold-button"
              aria-pressed={at === index}
              onClick={() => setIndex(at)}
            >
              {describeVersion(each)}
            </button>
          </li>
        ))}
      </ul>
      {version && (
        <Differences
          before={version.text}
          after={text}
          label={t('From this version to the text in the editor')}
        />
      )}
      <div className="dialog-buttons">
        {version && (
          <Button
            primary={true}
            text={t('Restore')}
            onClick={() => {
              onRestore(version.text);
              onClose();
            }}
          />
        )}
        <Button text={t('Close')} onClick={onClose} />
      </div>
    </Dialog>
  );
}
