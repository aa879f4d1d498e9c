import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatBytes, formatMoment } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { useStore } from '../../../ui/hooks';
import type { ListedRun, OpenedRun, RecordedRuns } from '../actions/recorded-runs';
import type { SaveFile } from './csv-button';
import { StepButtons, StepFailure, StepsDialog } from './dialog-parts';
import { describeListProblem } from './hub-sentences';
import { isChanging, RemovalSteps } from './removal-steps';

interface RunsProps {
  readonly runs: RecordedRuns;
  /** Opens the dialog of a run. */
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

/** Lists earlier removals. */
export function RunsDialog({ runs, onOpen, onClose }: RunsProps): React.JSX.Element {
  const state = useStore(runs);
  return (
    <StepsDialog title={t('Earlier removals')} onClose={onClose}>
      {state.status === 'reading' && <p role="status">{t('Reading the earlier removals…')}</p>}
      {state.status === 'failed' && <StepFailure text={describeListProblem(state.problem)} />}
      {state.status === 'read' &&
        (state.runs.length === 0 ? (
          <p role="status">{t('There are no earlier removals.')}</p>
        ) : (
          <>
            <p className="quiet">
              {t(
                'Azure DevOps keeps removed files for 28 days. Removals are listed for 35 days, the last 50 of them.',
              )}
            </p>
            <ul className="hub-runs">
              {state.runs.map((run) => (
                <RunLine key={run.id} run={run} onOpen={onOpen} />
              ))}
            </ul>
          </>
        ))}
      <StepButtons>
        <Button primary={state.status === 'read'} text={t('Close')} onClick={onClose} />
        {state.status === 'failed' && (
          <Button primary={true} text={t('Retry')} onClick={() => void runs.read()} />
        )}
      </StepButtons>
    </StepsDialog>
  );
}

function RunLine({ run, onOpen }: { run: ListedRun; onOpen: (id: string) => void }): React.JSX.Element {
  const { id, startedAt, files, bytes, removed, open, isInProgress } = run;
  const moment = formatMoment(new Date(startedAt));
  const text = isInProgress
    ? undefined
    : open > 0
      ? t('Resume…')
      : removed > 0
        ? t('Restore…')
        : t('Report…');
  return (
    <li>
      <span>
        <strong>{moment}</strong>
        <span>
          {bytes === undefined
            ? t('{count, plural, one {# file} other {# files}}', { count: files })
            : t('{count, plural, one {# file, {size}} other {# files, {size}}}', {
                count: removed + run.restored,
                size: formatBytes(bytes),
              })}
        </span>
        <span className="quiet">{describeRun(run)}</span>
      </span>
      {text !== undefined && (
        <Button ariaLabel={`${text} ${moment}`} text={text} onClick={() => onOpen(id)} />
      )}
    </li>
  );
}

/** State of a run, such as `Stopped · 12 files left`. */
function describeRun({ removed, restored, open, isInProgress }: ListedRun): string {
  if (isInProgress) return t('In progress in another tab');
  if (open > 0)
    return `${t('Stopped')} · ${t('{count, plural, one {# file left} other {# files left}}', { count: open })}`;
  if (restored === 0) return removed > 0 ? t('Removed') : t('No files were removed.');
  if (removed === 0) return t('Restored');
  return t('{restored, number} of {count, plural, one {# file} other {# files}} restored', {
    restored,
    count: removed + restored,
  });
}

/** Continues or restores an earlier removal. */
export function RunDialog(props: {
  work: OpenedRun;
  save: SaveFile;
  onClose: () => void;
}): React.JSX.Element {
  const { work, save, onClose } = props;
  const isMissing = useStore(work.isMissing);
  const state = useStore(work.cleanUp.state);
  function close(): void {
    if (isChanging(state)) work.cleanUp.pause();
    else onClose();
  }
  const { run } = state;
  return (
    <StepsDialog title={t('Earlier removal')} onClose={close}>
      {run && <p className="quiet">{formatMoment(new Date(run.startedAt))}</p>}
      {isMissing ? (
        <>
          <StepFailure text={t("The record of this removal can't be read any more.")} />
          <StepButtons>
            <Button primary={true} text={t('Close')} onClick={onClose} />
          </StepButtons>
        </>
      ) : state.phase === 'idle' ? (
        <>
          <p role="status">{t('Reading the record…')}</p>
          <StepButtons>
            <Button text={t('Cancel')} onClick={onClose} />
          </StepButtons>
        </>
      ) : (
        <RemovalSteps {...{ work, state, save }} isEarlier={true} total={0} onClose={close} />
      )}
    </StepsDialog>
  );
}
