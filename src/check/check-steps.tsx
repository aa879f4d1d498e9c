import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatMoment } from '../base/format';
import { t } from '../base/i18n/translate';
import { ProgressBar } from '../ui/progress-bar';
import { describeError } from '../upload/messages/problems';
import { describeWorkItem } from '../upload/messages/work-items';
import { EFFORT } from './check';
import { describeQuestion } from './check-sentences';
import type { CheckChoices, CheckState, CheckTarget, OpenItem } from './check-state';
import { PURGE_MS } from './kept-attachment';

type StateOf<Step extends CheckState['step']> = Extract<CheckState, { step: Step }>;

/** Choice of the work item. */
export function ChooseStep(props: {
  state: StateOf<'choosing'>;
  openItem: OpenItem | undefined;
  /** Project for a new work item; `undefined` if unknown. */
  project: string | undefined;
  onChoose: (target: CheckTarget) => void;
  onVerify: () => void;
  onClose: () => void;
}): React.JSX.Element {
  const { state, openItem, project, onChoose, onVerify, onClose } = props;
  const [isNew, setIsNew] = React.useState(false);
  const [text, setText] = React.useState(openItem ? String(openItem.id) : '');
  const [isInvalid, setIsInvalid] = React.useState(false);

  function proceed(): void {
    const id = Number(text.trim().replace(/^#/, ''));
    const isValid = Number.isInteger(id) && id > 0;
    setIsInvalid(!isNew && !isValid);
    if (isNew && project !== undefined) onChoose({ kind: 'new', project });
    else if (isValid) onChoose({ kind: 'existing', workItemId: id });
  }

  return (
    <>
      <p>{t('Stapler tests what Azure DevOps and this browser support and remembers the answers.')}</p>
      {state.kept && (
        <div className="check-kept">
          <p>
            {state.kept.isDue
              ? t('A test file was left on work item {id}. Is it still there?', {
                  id: String(state.kept.workItemId),
                })
              : t('A test file was left on work item {id}. Verify it after {time}.', {
                  id: String(state.kept.workItemId),
                  time: formatMoment(new Date(state.kept.keptAt + PURGE_MS)),
                })}
          </p>
          {state.kept.isDue && <Button className="text-button" text={t('Verify')} onClick={onVerify} />}
        </div>
      )}
      <fieldset className="check-choices">
        <legend className="field-label">{t('Work item for the test')}</legend>
        <label className="check-choice">
          <input type="radio" name="check-target" checked={!isNew} onChange={() => setIsNew(false)} />
          {t('Use this work item')}
        </label>
        <input
          className="field check-id"
          inputMode="numeric"
          aria-label={t('Work item ID')}
          aria-invalid={isInvalid}
          disabled={isNew}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={({ key }) => key === 'Enter' && proceed()}
        />
        {isInvalid && (
          <p className="field-error" role="alert">
            {t("“{text}” isn't a work item ID.", { text })}
          </p>
        )}
        {project !== undefined && (
          <label className="check-choice">
            <input type="radio" name="check-target" checked={isNew} onChange={() => setIsNew(true)} />
            {t('Create a work item and delete it afterward')}
          </label>
        )}
      </fieldset>
      {state.hasEdits && (
        <p className="field-error" role="alert">
          {t('This work item has unsaved changes. Save them first, or choose another work item.')}
        </p>
      )}
      {state.problem && (
        <p className="field-error" role="alert">
          {describeError(state.problem)}
        </p>
      )}
      <div className="dialog-buttons">
        <Button text={t('Cancel')} onClick={onClose} />
        <Button primary={true} text={t('Continue')} disabled={state.isReading} onClick={proceed} />
      </div>
    </>
  );
}

/** Announcement of everything that the run does. */
export function ConfirmStep(props: {
  state: StateOf<'confirming'>;
  onBack: () => void;
  onRun: (choices: CheckChoices) => void;
}): React.JSX.Element {
  const { state, onBack, onRun } = props;
  const { target, workItem } = state;
  const [keepsOne, setKeepsOne] = React.useState(false);
  const [opens, setOpens] = React.useState(false);
  return (
    <>
      {workItem ? (
        <p>
          <strong>{describeWorkItem(workItem.id, workItem.type)}</strong> {workItem.title}
        </p>
      ) : (
        target.kind === 'new' && (
          <p>{t('Stapler creates two work items in {project}.', { project: target.project })}</p>
        )
      )}
      <ul className="check-list">
        <li>
          {t('{count, number} small test files are uploaded.', {
            // Two created work items also share a file, and one of them keeps a picture.
            count: EFFORT.uploads + (workItem ? 0 : 1) + (keepsOne && !workItem ? 1 : 0),
          })}
        </li>
        <li>
          {t(
            'Up to {count, number} of them are attached to the work item. Some are renamed, removed, and restored.',
            {
              count: EFFORT.attached + (workItem ? 0 : 1),
            },
          )}
        </li>
        <li>
          {workItem
            ? t(
                'At the end, all of them are removed from the work item. Only its history still shows the test.',
              )
            : keepsOne
              ? t('One work item stays until you verify it. Then it is moved to the recycle bin.')
              : t('At the end, both are moved to the recycle bin.')}
        </li>
        {state.leftovers.length > 0 && (
          <li>
            {t(
              '{count, plural, one {# test file} other {# test files}} from an unfinished check will also be removed.',
              { count: state.leftovers.length },
            )}
          </li>
        )}
        <li>{t('The uploaded test files (less than 5 MB) remain on the server.')}</li>
      </ul>
      <label className="check-choice">
        <input type="checkbox" checked={opens} onChange={() => setOpens(!opens)} />
        {t(
          'Also open an Azure DevOps message and panel, and a window. Close the message and the panel when they appear.',
        )}
      </label>
      {state.canKeep && (
        <label className="check-choice">
          <input type="checkbox" checked={keepsOne} onChange={() => setKeepsOne(!keepsOne)} />
          {workItem
            ? t('Leave one test file on the work item for 30 days to verify that restored files are kept.')
            : t(
                'Leave one work item for 30 days to verify that shared and restored files and images in texts are kept.',
              )}
        </label>
      )}
      <div className="dialog-buttons">
        <Button text={t('Back')} onClick={onBack} />
        <Button primary={true} text={t('Start')} onClick={() => onRun({ keepsOne, opens })} />
      </div>
    </>
  );
}

/** Progress of the run. */
export function RunStep(props: { state: StateOf<'running'>; onCancel: () => void }): React.JSX.Element {
  const { done, total, questionId, isCanceled } = props.state;
  const position = t('Question {n, number} of {total, number}', { n: Math.min(done + 1, total), total });
  React.useEffect(() => {
    // The test files would stay on the work item.
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);
  const isAsking = questionId !== undefined && !isCanceled;
  return (
    <>
      <ProgressBar
        label={t('Check this organization')}
        percent={Math.round((100 * done) / total)}
        valueText={position}
      />
      <p role="status">{isAsking ? position : t('Removing the test files…')}</p>
      {isAsking && <p className="quiet">{describeQuestion(questionId)}</p>}
      <div className="dialog-buttons">
        <Button text={t('Cancel')} disabled={isCanceled} onClick={props.onCancel} />
      </div>
    </>
  );
}
