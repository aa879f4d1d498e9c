import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { listOf } from '../base/format';
import { t } from '../base/i18n/translate';
import { CopyButton, ManualCopy } from '../ui/copy-button';
import { describeProblem, quoteName } from '../upload/messages/problems';
import { describeCheck } from './check-report';
import { describeRow } from './check-sentences';
import type { CheckState, CleanUp } from './check-state';

/** Results of a check. */
export function CheckTable(props: {
  state: Extract<CheckState, { step: 'done' }>;
  onClose: () => void;
}): React.JSX.Element {
  const { state, onClose } = props;
  const { rows, isCanceled, cleanUp, kept, problem } = state;
  const [refused, setRefused] = React.useState<string>();
  return (
    <>
      {problem && (
        <p className="field-error" role="alert">
          {describeProblem(problem, t('The check'))}
        </p>
      )}
      <div role="status">
        {isCanceled && <p>{rows.length > 0 ? t('Canceled. The answers so far:') : t('Canceled')}</p>}
        {cleanUp && <CleanUpText cleanUp={cleanUp} />}
        {kept && <p>{t('One test file stays for 30 days. Come back here then to verify it.')}</p>}
      </div>
      {rows.length > 0 && (
        <div className="check-scroll" tabIndex={0} role="region" aria-label={t('Results')}>
          <table className="check-table">
            <thead>
              <tr>
                <th scope="col">{t('Question')}</th>
                <th scope="col">{t('Answer')}</th>
                <th scope="col">{t('What Stapler does')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => {
                const { question, seen, conduct } = describeRow(row);
                return (
                  <tr key={row.id}>
                    <th scope="row">{question}</th>
                    <td>{seen}</td>
                    <td>{conduct}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {refused !== undefined && <ManualCopy text={refused} />}
      <div className="dialog-buttons">
        <CopyButton
          className=""
          label={t('Copy report')}
          read={() => describeCheck(state)}
          onResult={setRefused}
        />
        <Button primary={true} text={t('Close')} onClick={onClose} />
      </div>
    </>
  );
}

/** Result of the clean-up: nothing left, or the names of the rest. */
function CleanUpText({ cleanUp }: { cleanUp: CleanUp }): React.JSX.Element {
  const { left, leftWorkItemId, workItemId, problem } = cleanUp;
  if (left.length === 0 && leftWorkItemId === undefined)
    return <p>{t('All test files were removed from the work item.')}</p>;
  return (
    <>
      {leftWorkItemId !== undefined && (
        <p className="field-error">
          {t("Couldn't delete work item {id}. Delete it manually.", { id: String(leftWorkItemId) })}
        </p>
      )}
      {left.length > 0 && (
        <p className="field-error">
          {t('Remove these test files from work item {id}: {names}', {
            id: String(workItemId),
            names: listOf(left.map((name) => (name ? quoteName(name) : t('a file without a name')))),
          })}
        </p>
      )}
      {problem && <p>{describeProblem(problem, t('The check'))}</p>}
    </>
  );
}
