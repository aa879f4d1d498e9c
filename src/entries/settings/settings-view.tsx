import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { useStore } from '../../ui/hooks';
import { ErrorIcon } from '../../ui/icons';
import { useKeptFocus } from '../../ui/use-focus';
import { describeError } from '../../upload/messages/problems';
import { ClashPanel, SetAsideNote } from './clash-panel';
import { RawEditor } from './raw-editor';
import { SaveBar } from './save-bar';
import type { SettingsSession } from './settings-session';
import '../../ui/dialog.css';
import '../../ui/fields.css';

/** Settings page of a project: the editor of its policy. */
export function SettingsView({ session }: { session: SettingsSession }): React.JSX.Element {
  const state = useStore(session);
  const container = useKeptFocus(() => container.current?.querySelector('textarea') ?? null);
  return (
    <div ref={container} className="settings">
      <h1 className="settings-title">{t('Rules for attachments')}</h1>
      <p className="settings-intro">
        {t(
          "These rules guide people who use Stapler and don't guard the project: other ways to attach files don't know them.",
        )}{' '}
        {t('Anyone in the organization with access to its extension data could change them.')}
      </p>
      {state.status === 'loading' && <p className="quiet">{t('Loading…')}</p>}
      {state.status === 'failed' && (
        <div className="note" role="alert" data-keeps-focus="">
          <ErrorIcon />
          <span>{describeError(state.problem)}</span>
          <Button
            className="text-button"
            subtle={true}
            text={t('Retry')}
            onClick={() => void session.load()}
          />
        </div>
      )}
      {state.status === 'ready' && (
        <>
          <ClashPanel state={state} session={session} />
          <SetAsideNote state={state} session={session} />
          <div className="settings-columns">
            <RawEditor state={state} onEdit={session.edit} />
          </div>
          <SaveBar state={state} session={session} />
        </>
      )}
    </div>
  );
}
