import * as React from 'react';
import type { Problem } from '../base/errors';
import { t } from '../base/i18n/translate';
import { describeInRow, describeProblem } from '../upload/messages/problems';

const TROUBLESHOOTING =
  'https://github.com/stapler-extension/stapler/blob/main/docs/troubleshooting.md#nothing-reaches-azure-devops';

/** Message of a problem, with a link to its remedy if only an administrator can apply it. */
export function ProblemText(props: {
  problem: Problem;
  /** Missing in a row that names it. */
  subject?: string;
}): React.JSX.Element {
  const { problem, subject } = props;
  return (
    <>
      {subject === undefined ? describeInRow(problem) : describeProblem(problem, subject)}
      {problem.isBlocked && <RemedyLink />}
    </>
  );
}

/** Link to the remedies for blocked requests. */
export function RemedyLink(): React.JSX.Element {
  return (
    <>
      {' '}
      <a className="link-button" href={TROUBLESHOOTING} target="_blank" rel="noreferrer noopener">
        {t('How to fix this')}
      </a>
    </>
  );
}
