import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { SaveGate } from '../upload/form/save-gate';
import { describeUnsaved, describeWaitingChanges } from '../upload/messages/waiting-for-save';
import { useStore } from './hooks';
import { ClockIcon, ErrorIcon } from './icons';
import './save-line.css';

/** Props of `SavePrompt`. */
export interface SavePromptProps {
  readonly gate: SaveGate;
  /** Id used by the host for the item in the form. */
  readonly hostId: number;
  /** Missing for a new item: only a save can help. */
  readonly workItemId: number | undefined;
  /** Number of files waiting. */
  readonly files: number;
}

/** Files and changes waiting for a save of the form, with the choice to save or to continue without. One per page. */
export function SavePrompt(props: SavePromptProps): React.JSX.Element | null {
  const { gate, hostId, workItemId, files } = props;
  const { changes, save } = useStore(gate);
  const [remember, setRemember] = React.useState(false);
  const waiting = changes.filter((change) => change.workItemId === workItemId);
  const hasChanges = waiting.length > 0;
  if (files === 0 && !hasChanges) return null;
  const saving = save?.hostId === hostId ? save.state : undefined;
  const isSaving = saving === 'under-way';
  // The choice is about files: a change asks each time.
  const canRemember = workItemId !== undefined && files > 0;
  const isRemembered = canRemember && remember;
  return (
    <div
      className="save-line"
      role="group"
      aria-label={hasChanges ? t('Changes waiting for you to save') : t('Files waiting for you to save')}
      data-keeps-focus=""
    >
      {files > 0 && (
        <Line>
          {t(
            '{count, plural, one {Save the work item to attach # file.} other {Save the work item to attach # files.}}',
            { count: files },
          )}
        </Line>
      )}
      {workItemId !== undefined && hasChanges && (
        <Line role="status">
          {describeWaitingChanges(waiting)}{' '}
          {files > 0 && (
            <Button
              className="text-button"
              subtle={true}
              text={t('Cancel')}
              onClick={() => gate.cancel(workItemId)}
            />
          )}
        </Line>
      )}
      {saving !== undefined && saving !== 'under-way' && (
        <p className="line-text" role="alert">
          <ErrorIcon />
          <span>{describeUnsaved(saving)}</span>
        </p>
      )}
      <div className="save-line-choices">
        <Button
          primary={true}
          text={isSaving ? t('Saving…') : hasChanges ? t('Save') : t('Save and attach')}
          disabled={isSaving}
          onClick={() => gate.save(hostId, isRemembered)}
        />
        {workItemId !== undefined && (
          <Button
            text={hasChanges ? t('Continue without saving') : t('Attach without saving')}
            disabled={isSaving}
            onClick={() => gate.runNow(workItemId, isRemembered)}
          />
        )}
        {workItemId !== undefined && files === 0 && (
          <Button subtle={true} text={t('Cancel')} onClick={() => gate.cancel(workItemId)} />
        )}
        {canRemember && (
          <label className="save-line-remember">
            <input
              type="checkbox"
              checked={remember}
              disabled={isSaving}
              onChange={(event) => setRemember(event.target.checked)}
            />
            {t('Remember my choice')}
          </label>
        )}
      </div>
    </div>
  );
}

function Line(props: { role?: 'status'; children: React.ReactNode }): React.JSX.Element {
  return (
    <p className="line-text" role={props.role}>
      <ClockIcon />
      <span>{props.children}</span>
    </p>
  );
}
