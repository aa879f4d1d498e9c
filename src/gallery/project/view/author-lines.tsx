import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useStore } from '../../../ui/hooks';
import { describeError } from '../../../upload/messages/problems';
import type { AuthorReading, AuthorsState } from '../authors/author-reading';
import type { AuthorCost } from '../project-index';
import { StepFailure, StepProgress } from './dialog-parts';
import { describeProgress } from './hub-sentences';
import './actions.css';

interface LinesProps {
  readonly reading: AuthorReading;
  readonly cost: AuthorCost;
  readonly onStart: () => void;
}

/** The command to find unknown authors; its cost before it starts, its progress, and its result. */
export function AuthorLines(props: LinesProps): React.JSX.Element | null {
  const state = useStore(props.reading);
  if (state.phase === 'idle' && props.cost.files === 0) return null;
  return (
    <div className="hub-authors" data-keeps-focus="">
      <CurrentLine {...props} state={state} />
    </div>
  );
}

type StateProps = LinesProps & { readonly state: AuthorsState };

function CurrentLine(props: StateProps): React.JSX.Element {
  const { reading, state } = props;
  switch (state.phase) {
    case 'idle':
    case 'done':
      return <Offer {...props} />;
    case 'outdated':
      return (
        <>
          <StepFailure text={t('The list changed meanwhile. Start again.')} />
          <Offer {...props} />
        </>
      );
    case 'failed':
      return (
        <>
          {state.problem && <StepFailure text={describeError(state.problem)} />}
          <Buttons>
            <Button text={t('Retry')} onClick={() => void reading.resume()} />
            <Button className="text-button" subtle={true} text={t('Cancel')} onClick={reading.cancel} />
          </Buttons>
        </>
      );
    case 'reading':
    case 'paused':
      return <ProgressLine {...props} />;
  }
}

/** The command, and the question before it starts. */
function Offer({ state, cost, onStart }: StateProps): React.JSX.Element {
  const [isAsked, setIsAsked] = React.useState(false);
  const { files, requests } = cost;
  return (
    <>
      {state.phase === 'done' && (
        <p className="hub-advice" role="status">
          {t(
            '{count, plural, one {The author of # file was found.} other {The authors of # files were found.}}',
            {
              count: state.found,
            },
          )}{' '}
          {files > 0 &&
            t(
              '{count, plural, one {# file still has no known author.} other {# files still have no known author.}}',
              {
                count: files,
              },
            )}
        </p>
      )}
      {files > 0 && isAsked && (
        <p className="hub-advice" role="status">
          {t(
            'Stapler reads the histories of the work items in about {requests, plural, one {# request} other {# requests}}.',
            { requests },
          )}
        </p>
      )}
      {files > 0 && (
        <Buttons>
          {isAsked ? (
            <>
              <Button primary={true} text={t('Start')} onClick={onStart} />
              <Button
                className="text-button"
                subtle={true}
                text={t('Cancel')}
                onClick={() => setIsAsked(false)}
              />
            </>
          ) : (
            <Button
              text={t(
                '{count, plural, one {Find the author of # file…} other {Find the authors of # files…}}',
                {
                  count: files,
                },
              )}
              onClick={() => setIsAsked(true)}
            />
          )}
        </Buttons>
      )}
    </>
  );
}

function ProgressLine({ reading, state }: StateProps): React.JSX.Element {
  const { phase, done, total } = state;
  const isPaused = phase === 'paused';
  // The number is not known before the list is read.
  const amount = total === 0 ? t('Reading the list') : describeProgress({ done, total });
  return (
    <>
      <StepProgress
        text={isPaused ? `${t('Paused')} · ${amount}` : amount}
        label={t('Finding authors')}
        {...{ done, total }}
      />
      <Buttons>
        {isPaused ? (
          <Button text={t('Resume')} onClick={() => void reading.resume()} />
        ) : (
          <Button text={t('Pause')} onClick={reading.pause} />
        )}
        <Button className="text-button" subtle={true} text={t('Cancel')} onClick={reading.cancel} />
      </Buttons>
    </>
  );
}

function Buttons({ children }: { children: React.ReactNode }): React.JSX.Element {
  return <div className="hub-group-buttons">{children}</div>;
}
