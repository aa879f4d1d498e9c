import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatNumber } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { useStore } from '../../ui/hooks';
import { ErrorIcon } from '../../ui/icons';
import { useKeptFocus } from '../../ui/use-focus';
import { describeError } from '../../upload/messages/problems';
import { ClashPanel, SetAsideNote } from './clash-panel';
import { HistoryDialog } from './history-dialog';
import { RawEditor } from './raw-editor';
import { RulesForm } from './rules-form';
import { SaveBar } from './save-bar';
import type { EditorState, SettingsSession } from './settings-session';
import { TryPanel } from './try-panel';
import '../../ui/dialog.css';
import '../../ui/field.css';
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
          "These rules guide people, but don't guard the project: files attached without Stapler aren't checked.",
        )}{' '}
        {t('Any member with a token can change them.')}
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
      {state.status === 'ready' && <Editor state={state} session={session} />}
    </div>
  );
}

function Editor({ state, session }: { state: EditorState; session: SettingsSession }): React.JSX.Element {
  const [isHistoryOpen, setHistoryOpen] = React.useState(false);
  const typeNames = useStore(session.typeNames);
  const versions = state.stored?.versions ?? [];
  return (
    <>
      <ClashPanel state={state} session={session} />
      <SetAsideNote state={state} session={session} />
      <div className="settings-columns">
        <RulesForm state={state} typeNames={typeNames} onEdit={session.edit} />
        <RawEditor state={state} onEdit={session.edit} />
      </div>
      <SaveBar state={state} session={session}>
        {versions.length > 0 && (
          <Button
            text={t('History ({count})', { count: formatNumber(versions.length) })}
            onClick={() => setHistoryOpen(true)}
          />
        )}
      </SaveBar>
      <TryPanel result={state.result} />
      {isHistoryOpen && (
        <HistoryDialog
          versions={versions}
          text={state.text}
          onRestore={session.edit}
          onClose={() => setHistoryOpen(false)}
        />
      )}
    </>
  );
}
