import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatPercent, listOf } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { Dialog } from '../../../ui/dialog';
import { ErrorIcon } from '../../../ui/icons';
import { ProgressBar } from '../../../ui/progress-bar';
import { useKeptFocus } from '../../../ui/use-focus';
import type { ChosenState } from '../actions/read-chosen';
import { describeListProblem } from './hub-sentences';

/** A dialog with steps. The focus stays inside when a step ends. */
export function StepsDialog(props: {
  title: string;
  onClose: () => void;
  children: React.ReactNode;
}): React.JSX.Element {
  const container = useKeptFocus(
    () => container.current?.querySelector<HTMLElement>('button:enabled') ?? null,
  );
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <div ref={container} className="hub-steps">
        {props.children}
      </div>
    </Dialog>
  );
}

/** Progress of a step. */
export function StepProgress(props: {
  text: string;
  /** Accessible name of the bar. */
  label: string;
  done: number;
  total: number;
}): React.JSX.Element {
  const { text, label, done, total } = props;
  const percent = Math.min(100, Math.floor((100 * done) / Math.max(1, total)));
  return (
    <div className="hub-progress-text">
      <span>{text}</span>
      <ProgressBar label={label} percent={percent} valueText={listOf([formatPercent(percent), text])} />
    </div>
  );
}

/** Buttons of a step, the most important one last. */
export function StepButtons({ children }: { children: React.ReactNode }): React.JSX.Element {
  return (
    <div className="dialog-buttons" data-keeps-focus="">
      {children}
    </div>
  );
}

/** Reason why a step failed. */
export function StepFailure({ text }: { text: string }): React.JSX.Element {
  return (
    <div className="note hub-failure" role="alert">
      <ErrorIcon />
      <span>{text}</span>
    </div>
  );
}

/** A file and the reason why it was left out. */
export interface LeftOutFile {
  readonly name: string;
  readonly workItemId: number;
  readonly reason: string;
}

/** Files shown in a list. The report has all of them. */
const MAX_SHOWN = 100;

/** Files that were left out, with the reasons. */
export function LeftOutList(props: {
  title: string;
  files: readonly LeftOutFile[];
}): React.JSX.Element | null {
  const { title, files } = props;
  if (files.length === 0) return null;
  return (
    <div className="hub-left-out">
      <p>{title}</p>
      <ul tabIndex={0} aria-label={title}>
        {files.slice(0, MAX_SHOWN).map(({ name, workItemId, reason }, index) => (
          <li key={index}>
            <bdi>{[name, `#${workItemId}`].filter(Boolean).join(' · ')}</bdi>
            <span className="quiet">{reason}</span>
          </li>
        ))}
      </ul>
      {files.length > MAX_SHOWN && (
        <p className="quiet">
          {t('{count, plural, one {# more} other {# more}}', { count: files.length - MAX_SHOWN })}
        </p>
      )}
    </div>
  );
}

/** Reading of the chosen files, until they are read. */
export function ReadingStep(props: {
  state: Exclude<ChosenState<unknown>, { status: 'read' }>;
  onRetry: () => void;
  onClose: () => void;
}): React.JSX.Element {
  const { state, onRetry, onClose } = props;
  switch (state.status) {
    case 'reading':
      return (
        <>
          <StepProgress
            text={t('{done, number} of {total, plural, one {# file} other {# files}} read', {
              done: state.done,
              total: state.total,
            })}
            label={t('Reading the list')}
            {...{ done: state.done, total: state.total }}
          />
          <StepButtons>
            <Button text={t('Cancel')} onClick={onClose} />
          </StepButtons>
        </>
      );
    case 'outdated':
      return (
        <>
          <StepFailure text={t('The list changed meanwhile. Choose the files again.')} />
          <StepButtons>
            <Button text={t('Close')} onClick={onClose} />
          </StepButtons>
        </>
      );
    case 'failed':
      return (
        <>
          <StepFailure text={describeListProblem(state.problem)} />
          <StepButtons>
            <Button text={t('Close')} onClick={onClose} />
            <Button primary={true} text={t('Retry')} onClick={onRetry} />
          </StepButtons>
        </>
      );
  }
}
