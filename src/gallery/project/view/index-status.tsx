import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { toProblem } from '../../../base/errors';
import { t } from '../../../base/i18n/translate';
import { ErrorIcon } from '../../../ui/icons';
import { ProgressBar } from '../../../ui/progress-bar';
import type { HubSession } from '../session/hub-session';
import type { IndexState } from '../project-index';
import { describeCost, describeListProblem, describeProgress } from './hub-sentences';

interface StatusProps {
  readonly index: IndexState;
  readonly session: HubSession;
}

/** Place of the list before the first index: its cost, and the button to start. */
export function FirstIndex({ index, session }: StatusProps): React.JSX.Element | null {
  const { phase, estimate, isKept } = index;
  if (phase === 'opening') return <p className="hub-words quiet">{t('Opening the list of files…')}</p>;
  if (phase !== 'empty') return null;
  if (estimate?.items === 0)
    return <p className="hub-words">{t('No work item of this project has attachments.')}</p>;
  return (
    <section className="hub-first" aria-labelledby="hub-first-title">
      <h2 id="hub-first-title">{t('Find any attachment of this project')}</h2>
      <p>
        {estimate ? describeCost(estimate) : t('Stapler reads the work items with attachments once.')}{' '}
        {t('After that, it reads only changes.')}
      </p>
      {isKept && (
        <p className="quiet">
          {t('The list is kept in this browser, only for you. You can remove it at any time.')}
        </p>
      )}
      <Button className="hub-start" primary={true} text={t('Start')} onClick={session.build} />
    </section>
  );
}

/** Progress of reading, and why it stopped. */
export function IndexNotes({ index, session }: StatusProps): React.JSX.Element {
  const { phase, progress, isKept, error } = index;
  const isPaused = phase === 'paused';
  return (
    <>
      {(phase === 'indexing' || isPaused) && (
        <div className="hub-progress" data-keeps-focus="">
          <IndexProgress progress={progress} isPaused={isPaused} />
          <Button
            className="text-button"
            subtle={true}
            text={isPaused ? t('Resume') : t('Pause')}
            onClick={isPaused ? session.build : session.pause}
          />
        </div>
      )}
      {phase === 'failed' && (
        <div className="note gallery-trouble" role="alert">
          <ErrorIcon />
          <span>
            {describeListProblem(toProblem(error))}
            {index.files > 0 && ` ${t('The list might be incomplete.')}`}
          </span>
          <Button
            className="text-button"
            subtle={true}
            text={t('Retry')}
            onClick={index.asOf === undefined ? session.build : session.refresh}
          />
        </div>
      )}
      {!isKept && phase !== 'opening' && (
        <p className="note quiet hub-note">
          {t('This browser keeps nothing here, so the list is read again each time.')}
        </p>
      )}
    </>
  );
}

function IndexProgress(props: { progress: IndexState['progress']; isPaused: boolean }): React.JSX.Element {
  const { progress, isPaused } = props;
  const { done = 0, total = 0 } = progress ?? {};
  const amount = progress ? describeProgress(progress) : t('Reading work items…');
  const text = isPaused ? `${t('Paused')} · ${amount}` : amount;
  return (
    <div className="hub-progress-text">
      <span>{text}</span>
      <ProgressBar
        label={t('Reading work items')}
        percent={total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 0}
        valueText={text}
      />
    </div>
  );
}
