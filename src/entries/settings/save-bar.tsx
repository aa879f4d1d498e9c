import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatMoment } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { CheckIcon, ErrorIcon } from '../../ui/icons';
import { describeError } from '../../upload/messages/problems';
import type { PolicyVersion } from '../../upload/rules/policy/policy-document';
import type { EditorState, SettingsSession } from './settings-session';
import { isEdited } from './settings-session';

/** The buttons below the editor, with the result of the save. */
export function SaveBar(props: {
  state: EditorState;
  session: SettingsSession;
  /** More buttons. */
  children?: React.ReactNode;
}): React.JSX.Element {
  const { state, session, children } = props;
  const { stored, isSaving, outcome, clash, result } = state;
  const edited = isEdited(state);
  return (
    <div className="settings-save">
      <div className="settings-buttons" data-keeps-focus="">
        <Button
          primary={true}
          disabled={!edited || !result.ok || isSaving || clash !== undefined}
          text={isSaving ? t('Saving…') : t('Save')}
          onClick={() => void session.save()}
        />
        {children}
      </div>
      <p className="quiet" role="status">
        {outcome?.kind === 'saved' && (
          <>
            <CheckIcon /> {t('Saved. Pages that are already open follow after a reload.')}{' '}
          </>
        )}
        {describeHold(state, edited)}
      </p>
      {stored && <p className="quiet">{describeVersion(stored)}</p>}
      {outcome?.kind === 'failed' && (
        <div className="note" role="alert">
          <ErrorIcon />
          <span>
            {t("The rules weren't saved.")} {describeError(outcome.problem)}
          </span>
        </div>
      )}
    </div>
  );
}

/** Why the text cannot be saved now, or that it is not saved. */
function describeHold({ result, clash }: EditorState, edited: boolean): string {
  if (clash) return t('Choose one of the two versions above.');
  if (!result.ok) return t('Fix the errors to save.');
  return edited ? t('You have unsaved changes.') : '';
}

/** Tells the author and the time of a version. */
export function describeVersion({ by, at }: PolicyVersion): string {
  if (by === '' && at === 0) return t('Saved by an unknown author');
  const time = formatMoment(new Date(at));
  if (by === '') return t('Saved on {time}', { time });
  return at === 0 ? t('Saved by {name}', { name: by }) : t('Saved by {name} on {time}', { name: by, time });
}
