import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { countFiles, formatBytes } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { useStore } from '../../../ui/hooks';
import { describeError, joinSentences } from '../../../upload/messages/problems';
import type { Policy } from '../../../upload/rules/policy/policy';
import type { PolicyReading, PolicySource } from '../../../upload/rules/policy/policy-source';
import type { AuditResult, AuditState, FileRule, PolicyAudit } from '../actions/policy-audit';
import { createPolicyAudit, MAX_SHOWN } from '../actions/policy-audit';
import type { HubDialogs, HubSession } from '../session/hub-session';
import type { ShownResult } from '../session/hub-state';
import { CsvButton } from './csv-button';
import { StepFailure, StepProgress } from './dialog-parts';
import { FileTable, ItemTable } from './report-tables';
import './actions.css';

interface SectionProps {
  readonly result: ShownResult;
  readonly session: Pick<HubSession, 'openWorkItem' | 'showFiles'>;
  readonly actions: Pick<HubDialogs, 'index' | 'maySave' | 'save'>;
  readonly policy: PolicySource;
}

/** Name of the saved table. */
const FILE_NAME = 'rules.csv';

const CAPTIONS: Readonly<Record<FileRule, () => string>> = {
  maxBytes: () => t('Too large'),
  type: () => t("Types that aren't allowed"),
  requireComment: () => t('Without a comment'),
  name: () => t("Names that don't fit"),
};

/** Check of the found files against the rules of the project. Nothing where the project has none. */
export function AuditSection(props: SectionProps): React.JSX.Element | null {
  const { result, session, actions, policy: source } = props;
  const [reading, setReading] = React.useState<PolicyReading>();
  const audit = React.useMemo(() => createPolicyAudit(actions.index), [actions.index]);
  React.useEffect(() => {
    let isShown = true;
    void source.read().then((read) => isShown && setReading(read));
    return () => void (isShown = false);
  }, [source]);
  // An audit of other files says nothing about these.
  React.useEffect(() => audit.cancel, [audit, result.id]);
  const state = useStore(audit);
  if (!reading?.policy && !reading?.problem) return null;
  return (
    <>
      <section className="hub-chart hub-wide hub-part" aria-labelledby="hub-audit-title" data-keeps-focus="">
        <h2 id="hub-audit-title">{t('Rules of the project')}</h2>
        {reading.problem && (
          <p className="hub-advice" role="status">
            {reading.policy
              ? t("The current rules couldn't be read. These are the last ones that this browser knows.")
              : t("The rules of this project couldn't be read.")}
          </p>
        )}
        {reading.policy && <Audit {...{ result, actions, audit, state }} policy={reading.policy} />}
      </section>
      {state.status === 'done' && <Findings result={state.result} session={session} />}
    </>
  );
}

function Audit(
  props: Pick<SectionProps, 'result' | 'actions'> & { audit: PolicyAudit; state: AuditState; policy: Policy },
): React.JSX.Element {
  const { result, actions, audit, state, policy } = props;
  return (
    <>
      <p className="hub-advice">
        {t(
          "Stapler compares names, types, sizes, comments, and numbers of attachments with the rules. It doesn't read the files, so it can't judge their content.",
        )}
      </p>
      <Progress {...{ state, audit }} />
      {state.status !== 'checking' && (
        <div className="hub-group-buttons">
          <Button
            text={
              state.status === 'done'
                ? t('Check again')
                : t('Check {files}', { files: countFiles(result.count) })
            }
            disabled={result.count === 0}
            onClick={() => void audit.start(result, policy)}
          />
          {state.status === 'done' && state.result.csv.length > 1 && (
            <CsvButton
              text={t('Export list')}
              name={FILE_NAME}
              write={() => state.result.csv.join('')}
              save={actions.maySave() ? actions.save : undefined}
            />
          )}
        </div>
      )}
    </>
  );
}

function Progress({ state, audit }: { state: AuditState; audit: PolicyAudit }): React.JSX.Element | null {
  switch (state.status) {
    case 'idle':
      return null;
    case 'checking':
      return (
        <>
          <StepProgress
            text={t('{done, number} of {total, plural, one {# file} other {# files}} checked', {
              done: state.done,
              total: state.total,
            })}
            label={t('Checking files')}
            done={state.done}
            total={state.total}
          />
          <div className="hub-group-buttons">
            <Button className="text-button" subtle={true} text={t('Cancel')} onClick={audit.cancel} />
          </div>
        </>
      );
    case 'outdated':
      return <StepFailure text={t('The list changed meanwhile. Check again.')} />;
    case 'failed':
      return <StepFailure text={describeError(state.problem)} />;
    case 'done':
      return (
        <p className="hub-advice" role="status">
          {describeResult(state.result)}
        </p>
      );
  }
}

function Findings({
  result,
  session,
}: {
  result: AuditResult;
  session: SectionProps['session'];
}): React.JSX.Element {
  const { rules, fullItems, fullItemCount } = result;
  const isCut = fullItemCount > MAX_SHOWN || rules.some(({ count }) => count > MAX_SHOWN);
  return (
    <>
      {rules.map(({ rule, count, bytes, files }) => (
        <FileTable
          key={rule}
          caption={t('{what}: {files}, {size}', {
            what: CAPTIONS[rule](),
            files: countFiles(count),
            size: formatBytes(bytes),
          })}
          files={files}
          nothing=""
          session={session}
          hasAuthors={true}
        />
      ))}
      {fullItems.length > 0 && (
        <ItemTable
          caption={t('Work items with too many attachments ({count, number})', { count: fullItemCount })}
          items={fullItems}
          nothing=""
          session={session}
        />
      )}
      {isCut && (
        <p className="quiet hub-advice">
          {t('Each list shows the first {count, number}. The exported list has all of them.', {
            count: MAX_SHOWN,
          })}
        </p>
      )}
    </>
  );
}

function describeResult({ checked, broken, fullItemCount }: AuditResult): string {
  return joinSentences(
    t('{count, plural, one {# file was checked.} other {# files were checked.}}', { count: checked }),
    broken + fullItemCount === 0 && t('No rule is broken.'),
    broken > 0 &&
      t('{count, plural, one {# file breaks a rule.} other {# files break a rule.}}', { count: broken }),
    fullItemCount > 0 &&
      t(
        '{count, plural, one {# work item has too many attachments.} other {# work items have too many attachments.}}',
        { count: fullItemCount },
      ),
  );
}
