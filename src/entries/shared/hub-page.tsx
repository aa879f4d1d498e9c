import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { ErrorIcon } from '../../ui/icons';
import { useStore } from '../../ui/hooks';
import type { HubStart } from './hub-start';
import { SwitchedOff } from '../../ui/switched-off';
import './hub-page.css';

interface HubPageProps<Session> {
  readonly hub: HubStart<Session>;
  readonly View: React.ComponentType<{ readonly session: Session }>;
}

/** The whole hub: until it is open, its connection. */
export function HubPage<Session>({ hub, View }: HubPageProps<Session>): React.JSX.Element {
  const state = useStore(hub);
  switch (state.status) {
    case 'open':
      return <View session={state.session} />;
    case 'connecting':
      return <p className="note hub-connecting">{t('Connecting to Azure DevOps…')}</p>;
    case 'unresponsive':
      return (
        <p className="note hub-connecting" role="alert">
          <ErrorIcon />
          {t("Azure DevOps isn't responding. Reload the page.")}
        </p>
      );
    case 'switched-off':
      return (
        <div className="hub-connecting">
          <SwitchedOff settingsUrl={state.settingsUrl}>
            {t('The administrators of this project have switched off this page.')}
          </SwitchedOff>
        </div>
      );
    case 'without-project':
      return (
        <div className="note hub-connecting" role="alert">
          <ErrorIcon />
          <p>{t("Azure DevOps didn't tell the project of this page.")}</p>
          <button type="button" className="button" onClick={() => void hub.start()}>
            {t('Retry')}
          </button>
        </div>
      );
  }
}
