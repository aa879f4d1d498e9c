import * as React from 'react';
import { t } from '../base/i18n/translate';
import { LockIcon } from './icons';

/** A sentence in place of a part that the project has switched off, with the way to its settings. */
export function SwitchedOff(props: {
  /** Address of the settings of the project; `undefined` if unknown. */
  settingsUrl?: string | undefined;
  children: React.ReactNode;
}): React.JSX.Element {
  const { settingsUrl, children } = props;
  return (
    <p className="note" role="status">
      <LockIcon />
      <span>
        {children}{' '}
        {settingsUrl === undefined ? (
          t('They can change it in the project settings.')
        ) : (
          <a className="link-button" href={settingsUrl} target="_blank" rel="noreferrer noopener">
            {t('Project settings')}
          </a>
        )}
      </span>
    </p>
  );
}
