import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { CopyButton } from '../../ui/copy-button';
import { ErrorIcon } from '../../ui/icons';
import { Differences } from './differences';
import { describeVersion } from './save-bar';
import type { EditorState, SettingsSession } from './settings-session';

interface PanelProps {
  readonly state: EditorState;
  readonly session: SettingsSession;
}

/** Two administrators have edited the same version: shows both, and lets the later one decide. */
export function ClashPanel({ state, session }: PanelProps): React.JSX.Element | null {
  const { clash, text, result, isSaving } = state;
  const title = React.useRef<HTMLHeadingElement>(null);
  const isOpen = clash !== undefined;
  // The button was at the other end of the page.
  React.useEffect(() => title.current?.focus(), [isOpen]);
  if (!clash) return null;
  return (
    <section className="settings-clash" aria-labelledby="clash-title" data-keeps-focus="">
      <h2 ref={title} id="clash-title" tabIndex={-1}>
        {t('Another version was saved while you edited')}
      </h2>
      <div className="note" role="alert">
        <ErrorIcon />
        <span>
          {describeVersion(clash)}. {t("Your version isn't saved yet. No version gets lost.")}
        </span>
      </div>
      <Differences before={clash.text} after={text} label={t('From their version to yours')} />
      <div className="settings-buttons">
        <Button
          primary={true}
          disabled={!result.ok || isSaving}
          text={t('Save mine over theirs')}
          onClick={() => void session.save()}
        />
        <Button disabled={isSaving} text={t('Take theirs')} onClick={session.takeTheirs} />
      </div>
      <p className="quiet">{t('A version that was replaced stays in the history.')}</p>
    </section>
  );
}

/** The own version after a decision for the other one. */
export function SetAsideNote({ state, session }: PanelProps): React.JSX.Element | null {
  const { setAside } = state;
  const [refused, setRefused] = React.useState(false);
  if (setAside === undefined) return null;
  return (
    <section className="settings-clash" aria-label={t('Your version')} data-keeps-focus="">
      <p role="status">{t('You took their version. Yours is kept until you leave this page.')}</p>
      <div className="settings-buttons">
        <Button text={t('Bring mine back')} onClick={session.bringBack} />
        <CopyButton
          label={t('Copy mine')}
          className=""
          read={() => setAside}
          onResult={(text) => setRefused(text !== undefined)}
        />
        <Button text={t('Discard mine')} onClick={session.dismiss} />
      </div>
      {refused && (
        <textarea
          className="field"
          readOnly={true}
          rows={6}
          aria-label={t('Your version')}
          value={setAside}
        />
      )}
    </section>
  );
}
