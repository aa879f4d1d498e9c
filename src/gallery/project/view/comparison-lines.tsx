import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useStore } from '../../../ui/hooks';
import { describeError } from '../../../upload/messages/problems';
import { describeUnread } from '../../sentences';
import type { ComparisonState, ContentComparison } from '../duplicates/content-comparison';
import type { CompareCost } from '../project-index';
import { LeftOutList, StepFailure, StepProgress } from './dialog-parts';
import { describeCompareCost, describeComparison } from './duplicates-sentences';

interface LinesProps {
  readonly comparison: ContentComparison;
  readonly cost: CompareCost;
  readonly onStart: () => void;
}

/** The cost of a comparison and the button to start it; its progress; and the files it could not read. */
export function ComparisonLines(props: LinesProps): React.JSX.Element {
  const state = useStore(props.comparison);
  return (
    <>
      <CurrentLine {...props} state={state} />
      <LeftOutList
        title={t('{count, plural, one {Not compared:} other {Not compared (#):}}', {
          count: state.unreadable.length,
        })}
        files={state.unreadable.map(({ file, problem }) => ({
          name: file.name,
          workItemId: file.item.id,
          reason: describeUnread(problem, file.name),
        }))}
      />
    </>
  );
}

function CurrentLine(props: LinesProps & { state: ComparisonState }): React.JSX.Element | null {
  const { comparison, state } = props;
  const { phase, problem } = state;
  switch (phase) {
    case 'idle':
    case 'done':
      return <CostLine {...props} />;
    case 'outdated':
      return (
        <>
          <StepFailure text={t('The list changed meanwhile. Compare again.')} />
          <CostLine {...props} />
        </>
      );
    case 'failed':
      return (
        <>
          {problem && <StepFailure text={describeError(problem)} />}
          <Buttons>
            <Button
              text={t('Retry')}
              // Without files, nothing was compared yet.
              onClick={state.total > 0 ? () => void comparison.resume() : props.onStart}
            />
            <Button className="text-button" subtle={true} text={t('Cancel')} onClick={comparison.cancel} />
          </Buttons>
        </>
      );
    case 'reading':
    case 'comparing':
    case 'paused':
      return <ProgressLine {...props} />;
  }
}

function CostLine({
  cost,
  state,
  onStart,
}: LinesProps & { state: ComparisonState }): React.JSX.Element | null {
  // Files that cannot be read stay unknown.
  if (cost.files === 0) return null;
  return (
    <>
      <p className="hub-advice">{describeCompareCost(cost)}</p>
      <Buttons>
        <Button
          primary={state.phase !== 'done'}
          text={state.phase === 'done' ? t('Compare again') : t('Compare contents')}
          onClick={onStart}
        />
      </Buttons>
    </>
  );
}

function ProgressLine({ comparison, state }: LinesProps & { state: ComparisonState }): React.JSX.Element {
  const { phase, done, total } = state;
  const isPaused = phase === 'paused';
  const amount = phase === 'reading' ? t('Reading the list') : describeComparison(state);
  return (
    <>
      <StepProgress
        text={isPaused ? `${t('Paused')} · ${amount}` : amount}
        label={t('Comparing contents')}
        {...{ done, total }}
      />
      <Buttons>
        {isPaused ? (
          <Button text={t('Resume')} onClick={() => void comparison.resume()} />
        ) : (
          phase === 'comparing' && <Button text={t('Pause')} onClick={comparison.pause} />
        )}
        <Button className="text-button" subtle={true} text={t('Cancel')} onClick={comparison.cancel} />
      </Buttons>
    </>
  );
}

function Buttons({ children }: { children: React.ReactNode }): React.JSX.Element {
  return <div className="hub-group-buttons">{children}</div>;
}
