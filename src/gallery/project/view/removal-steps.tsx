import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { toProblem } from '../../../base/errors';
import { t } from '../../../base/i18n/translate';
import { describeError } from '../../../upload/messages/problems';
import type { CleanUpWork } from '../actions/page-clean-up';
import type { CheckedPlan } from '../clean-up/check-plan';
import type { CleanUpState } from '../clean-up/clean-up';
import { reportOf } from '../clean-up/clean-up-run';
import type { KeptFile } from '../clean-up/plan-clean-up';
import { toCsv } from '../clean-up/run-csv';
import type { SaveFile } from './csv-button';
import { CsvButton } from './csv-button';
import { StepButtons, StepFailure, StepProgress } from './dialog-parts';
import { RemovalResult } from './removal-result';

/** Properties of the steps of a removal. */
export interface RemovalStepsProps {
  readonly work: CleanUpWork;
  readonly state: CleanUpState;
  /** Files to check, before the clean-up tells. */
  readonly total: number;
  readonly kept?: readonly KeptFile[];
  /** Whether the run is of an earlier time: it is restored rather than undone. */
  readonly isEarlier?: boolean;
  readonly save: SaveFile;
  readonly onClose: () => void;
  /** The question before the removal. */
  readonly question?: (checked: CheckedPlan) => React.JSX.Element;
}

/** Whether files are being removed or restored. */
export function isChanging({ phase }: CleanUpState): boolean {
  return phase === 'removing' || phase === 'restoring' || phase === 'pausing';
}

/** The current step of a removal: checking, the question, progress, result. */
export function RemovalSteps(props: RemovalStepsProps): React.JSX.Element {
  const { state, total, onClose, question } = props;
  const { phase, checked, run, progress = { done: 0, total } } = state;
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
      return (checked && question?.(checked)) ?? <></>;
    case 'removing':
    case 'restoring':
    case 'pausing':
      return <Changing {...props} progress={progress} />;
    case 'paused':
      return <Paused {...props} />;
    case 'failed':
      return <Failed {...props} />;
    case 'removed':
    case 'restored':
      return run ? <RemovalResult {...props} run={run} isRestored={phase === 'restored'} /> : <></>;
  }
}

function Changing(
  props: RemovalStepsProps & { progress: { readonly done: number; readonly total: number } },
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

function Paused({ state, work, isEarlier, onClose }: RemovalStepsProps): React.JSX.Element {
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
          <Button text={isEarlier ? t('Restore') : t('Undo')} onClick={() => void work.cleanUp.restore()} />
        )}
        <Button primary={true} text={t('Resume')} onClick={() => void work.cleanUp.resume()} />
      </StepButtons>
    </>
  );
}

function Failed({ state, work, kept, save, onClose }: RemovalStepsProps): React.JSX.Element {
  const { checked, error } = state;
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
      {checked && (
        <p>
          {t(
            'Without a record, you can undo the removal only until you close this. The plan has all that is needed to attach the files again.',
          )}
        </p>
      )}
      <StepButtons>
        <Button text={t('Close')} onClick={onClose} />
        {checked && (
          <CsvButton
            text={t('Download plan (CSV)')}
            name="removal-plan.csv"
            write={() => toCsv(checked, kept)}
            save={save}
          />
        )}
        {checked && <Button text={t('Remove anyway')} onClick={() => void work.startWithoutRecord()} />}
        <Button primary={true} text={t('Retry')} onClick={() => void work.open()} />
      </StepButtons>
    </>
  );
}
