import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { listOf } from '../base/format';
import { t } from '../base/i18n/translate';
import { CopyButton, ManualCopy } from '../ui/copy-button';
import { describeError, quoteName } from '../upload/messages/problems';
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
          {describeError(problem)}
        </p>
      )}
      <div role="status">
        {kept && (
          <p>
            {kept.project === undefined
              ? t('One test file stays for 30 days. Come back here then to verify it.')
              : t('Work item {id} stays for 30 days. Come back here then to verify it.', {
                  id: String(kept.workItemId),
                })}
          </p>
        )}
        {cleanUp && <CleanUpText cleanUp={cleanUp} isOneKept={kept !== undefined} />}
        {isCanceled && <p>{rows.length > 0 ? t('Canceled. The answers so far:') : t('Canceled')}</p>}
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

/** Result of the clean-up: nothing left, or the reason and the rest. */
function CleanUpText(props: { cleanUp: CleanUp; isOneKept: boolean }): React.JSX.Element {
  const { left, leftWorkItemId, workItemId, problem } = props.cleanUp;
  if (left.length === 0 && leftWorkItemId === undefined)
    return (
      <p>
        {props.isOneKept
          ? t('All other test files were removed.')
          : t('All test files were removed from the work item.')}
      </p>
    );
  return (
    <>
      {problem && <p className="field-error">{describeError(problem)}</p>}
      <p className="field-error">
        {leftWorkItemId !== undefined
          ? t("Couldn't delete work item {id}. Delete it manually.", { id: String(leftWorkItemId) })
          : t('Remove these test files from work item {id}: {names}', {
              id: String(workItemId),
              names: listOf(left.map((name) => (name ? quoteName(name) : t('a file without a name')))),
            })}
      </p>
    </>
  );
}
