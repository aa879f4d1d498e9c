import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import { ErrorIcon } from '../ui/icons';
import { ProblemText } from '../ui/problem-text';
import { describeFileError } from './changes/change-sentences';
import type { GallerySession } from './gallery-session';
import type { GalleryState } from './gallery-state';

/** Errors of the last command and of reading the work item. */
export function FileErrorLines(props: {
  state: GalleryState;
  session: Pick<GallerySession, 'readAgain' | 'dismissErrors'> & Partial<Pick<GallerySession, 'download'>>;
}): React.JSX.Element | null {
  const { state, session } = props;
  const { errors, problem } = state;
  const parts = errors.flatMap((error) => error.parts ?? []);
  if (errors.length === 0 && !problem) return null;
  return (
    <div className="note gallery-trouble" role="alert">
      <ErrorIcon />
      <span>
        {problem && (
          <>
            {t('This list might be out of date.')} <ProblemText problem={problem} />{' '}
          </>
        )}
        {errors.map((error, index) => (
          <React.Fragment key={index}>{describeFileError(error, state.workItemId)} </React.Fragment>
        ))}
      </span>
      {session.download && parts.length > 0 && (
        <Button
          className="text-button"
          subtle={true}
          text={t('{count, plural, one {Save # part} other {Save # parts}}', { count: parts.length })}
          onClick={() => void session.download?.(...parts)}
        />
      )}
      {problem ? (
        <Button className="text-button" subtle={true} text={t('Retry')} onClick={session.readAgain} />
      ) : (
        <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={session.dismissErrors} />
      )}
    </div>
  );
}
