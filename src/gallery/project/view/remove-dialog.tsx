import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { toProblem } from '../../../base/errors';
import { formatBytes } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { useStore } from '../../../ui/hooks';
import { describeError } from '../../../upload/messages/problems';
import type { FileRemoval } from '../actions/file-removal';
import type { CleanUpState } from '../clean-up/clean-up';
import type { CheckedPlan } from '../clean-up/check-plan';
import type { CleanUpPlan } from '../clean-up/plan-clean-up';
import { reportOf } from '../clean-up/clean-up-run';
import { ReadingStep, StepButtons, StepFailure, StepProgress, StepsDialog } from './dialog-parts';
import { RemovalResult, RefusedFiles } from './removal-result';

interface RemoveProps {
  readonly work: FileRemoval;
  /** Saves the report; missing if the frame cannot save files. */
  readonly save: ((bytes: Blob, name: string) => void) | undefined;
  readonly onClose: () => void;
}

/** Removes chosen files after a question, and restores them on request. */
export function RemoveDialog(props: RemoveProps): React.JSX.Element {
  const { work, onClose } = props;
  const reading = useStore(work.reader);
  const state = useStore(work.cleanUp.state);
  const isBusy = ['removing', 'restoring', 'pausing'].includes(state.phase);
  function close(): void {
    // A change in progress ends first. The dry run just stops.
    if (isBusy || state.phase === 'checking') work.cleanUp.pause();
    if (!isBusy) onClose();
  }
  return (
    <StepsDialog title={t('Remove files')} onClose={close}>
      {reading.status === 'read' ? (
        <Step {...props} onClose={close} state={state} plan={reading.chosen} />
      ) : (
        <ReadingStep state={reading} onRetry={() => void work.open()} onClose={onClose} />
      )}
    </StepsDialog>
  );
}

interface StepProps extends RemoveProps {
  readonly state: CleanUpState;
  readonly plan: CleanUpPlan;
}

function Step(props: StepProps): React.JSX.Element {
  const { state, plan, work, onClose } = props;
  const { phase, checked, run, error, progress = { done: 0, total: plan.files.length } } = state;
  switch (phase) {
    case 'idle':
    case 'checking':
      return (
        <>
          <StepProgress
            text={t('{done, number} of {total, plural, one {# file} other {# files}} checked', progress)}
            label={t('Checking files')}
            {...progress}
          />
          <StepButtons>
            <Button text={t('Cancel')} onClick={onClose} />
          </StepButtons>
        </>
      );
    case 'checked':
      return checked ? <Question {...props} checked={checked} /> : <></>;
    case 'removing':
    case 'restoring':
    case 'pausing':
      return <Changing {...props} progress={progress} />;
    case 'paused':
      return <Paused {...props} />;
    case 'failed':
      return (
        <>
          <StepFailure
            text={[
              checked && t("The removal can't be recorded, so nothing was removed."),
              describeError(toProblem(error)),
            ]
              .filter(Boolean)
              .join(' ')}
          />
          {checked && <p>{t('Without a record, you can undo the removal only until you close this.')}</p>}
          <StepButtons>
            <Button text={t('Close')} onClick={onClose} />
            {checked && <Button text={t('Remove anyway')} onClick={() => void work.startWithoutRecord()} />}
            <Button primary={true} text={t('Retry')} onClick={() => void work.open()} />
          </StepButtons>
        </>
      );
    case 'removed':
    case 'restored':
      return run ? <RemovalResult {...props} run={run} isRestored={phase === 'restored'} /> : <></>;
  }
}

function Question(props: StepProps & { checked: CheckedPlan }): React.JSX.Element {
  const { checked, plan, state, work, onClose } = props;
  const { open, gone } = reportOf(checked);
  const inTexts = plan.files.filter(({ isInText }) => isInText).length;
  return (
    <>
      {open.files > 0 ? (
        <>
          <p>
            <strong>
              {t(
                '{files, plural, one {# file, {size}} other {# files, {size}}}, on {items, plural, one {# work item} other {# work items}}',
                { files: open.files, size: formatBytes(open.bytes), items: open.items },
              )}
            </strong>
          </p>
          <p>
            {t(
              'Removing a file frees its space after 28 days: until then, it can be restored. A file that another work item uses stays.',
            )}
          </p>
          <p>
            {t(
              'You can undo the removal here. Later, you can restore files with “History…” on the Files tab of their work items.',
            )}
          </p>
          {inTexts > 0 && (
            <p>
              {t(
                '{count, plural, one {# file is shown in a text of its work item, and might be missing there later.} other {# files are shown in texts of their work items, and might be missing there later.}}',
                { count: inTexts },
              )}
            </p>
          )}
          {state.isQuiet === false && (
            <p>
              {t(
                '{count, plural, one {# work item changes, so Azure DevOps might send notifications.} other {# work items change, so Azure DevOps might send notifications.}}',
                { count: open.items },
              )}
            </p>
          )}
        </>
      ) : (
        <p role="status">{t('None of these files can be removed.')}</p>
      )}
      {gone.files > 0 && (
        <p className="quiet">
          {t('{count, plural, one {# file was removed already.} other {# files were removed already.}}', {
            count: gone.files,
          })}
        </p>
      )}
      <RefusedFiles run={checked} kinds={['refused']} />
      <StepButtons>
        <Button text={open.files > 0 ? t('Cancel') : t('Close')} onClick={onClose} />
        {open.files > 0 && (
          <Button primary={true} text={t('Remove')} onClick={() => void work.cleanUp.start()} />
        )}
      </StepButtons>
    </>
  );
}

function Changing(
  props: StepProps & { progress: { readonly done: number; readonly total: number } },
): React.JSX.Element {
  const { state, work, progress } = props;
  const isRestoring = state.run?.isRestored === true;
  return (
    <>
      <StepProgress
        text={
          isRestoring
            ? t('{done, number} of {total, plural, one {# file} other {# files}} restored', progress)
            : t('{done, number} of {total, plural, one {# file} other {# files}} removed', progress)
        }
        label={isRestoring ? t('Restoring files') : t('Removing files')}
        {...progress}
      />
      <StepButtons>
        <Button
          disabled={state.phase === 'pausing'}
          text={state.phase === 'pausing' ? t('Pausing…') : t('Pause')}
          onClick={work.cleanUp.pause}
        />
      </StepButtons>
    </>
  );
}

function Paused({ state, work, onClose }: StepProps): React.JSX.Element {
  const { run, error } = state;
  const report = run && reportOf(run);
  const removed = report?.removed.files ?? 0;
  const left = (report?.open.files ?? 0) + (report?.tried.files ?? 0);
  return (
    <>
      {error !== undefined && <StepFailure text={describeError(toProblem(error))} />}
      <p role="status">
        {t('Paused')} ·{' '}
        {t('{count, plural, one {# file removed} other {# files removed}}', { count: removed })}
        {!run?.isRestored &&
          ` · ${t('{count, plural, one {# file left} other {# files left}}', { count: left })}`}
      </p>
      <StepButtons>
        <Button text={t('Close')} onClick={onClose} />
        {removed > 0 && !run?.isRestored && (
          <Button text={t('Undo')} onClick={() => void work.cleanUp.restore()} />
        )}
        <Button primary={true} text={t('Resume')} onClick={() => void work.cleanUp.resume()} />
      </StepButtons>
    </>
  );
}
