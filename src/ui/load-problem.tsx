import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { Problem } from '../base/errors';
import { t } from '../base/i18n/translate';
import { describeProblem } from '../upload/messages/problems';

/** Says that a part of the page could not be loaded, with a button to load it again. */
export function LoadProblem(props: {
  problem: Problem;
  /** Name of the part. */
  subject: string;
  onRetry: () => void;
}): React.JSX.Element {
  const { problem, subject, onRetry } = props;
  return (
    <p role="alert">
      {describeProblem(problem, subject)}{' '}
      <Button className="text-button" text={t('Retry')} onClick={onRetry} />
    </p>
  );
}
