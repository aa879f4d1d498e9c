import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { Problem } from '../../../base/errors';
import { toProblem } from '../../../base/errors';
import { t } from '../../../base/i18n/translate';
import { CopyButton, ManualCopy } from '../../../ui/copy-button';
import { useLast } from '../../../ui/hooks';
import { CrossIcon, ErrorIcon, IconButton } from '../../../ui/icons';
import { writeDuplicates } from '../actions/duplicates-csv';
import { comparisonOf } from '../actions/page-comparison';
import type { DuplicateSummary } from '../project-index';
import type { HubSession } from '../session/hub-session';
import type { ShownResult } from '../session/hub-state';
import { ComparisonLines } from './comparison-lines';
import { describeGroups } from './duplicates-sentences';
import { DuplicatesTable, useSets } from './duplicates-table';
import { describeListProblem } from './hub-sentences';
import './actions.css';
import './duplicates.css';

interface SectionProps {
  readonly result: ShownResult;
  readonly session: Pick<HubSession, 'duplicates' | 'actions' | 'showFiles' | 'removeCopies' | 'getSnapshot'>;
}

/** Duplicates among the found files: the groups known so far, and the comparison that proves them. */
export function DuplicatesSection(props: SectionProps): React.JSX.Element | null {
  const { result, session } = props;
  // The next report is read while this one stays.
  const summary = useLast(result.report?.duplicates);
  if (!summary) return null;
  const { actions, duplicates } = session;
  const comparison = actions && comparisonOf(duplicates, actions.services);
  return (
    <section
      className="hub-chart hub-wide hub-part hub-duplicates"
      aria-labelledby="hub-duplicates-title"
      data-keeps-focus=""
    >
      <h2 id="hub-duplicates-title">{t('Duplicates')}</h2>
      <p className="hub-advice" role="status">
        {describeGroups(summary).join(' ')}
      </p>
      {comparison && (
        <ComparisonLines
          comparison={comparison}
          cost={summary.cost}
          onStart={() => void comparison.start(result.id)}
        />
      )}
      {summary.proven.groups + summary.probable.groups > 0 && <Groups {...props} summary={summary} />}
    </section>
  );
}

function Groups(props: SectionProps & { summary: DuplicateSummary }): React.JSX.Element {
  const { result, session, summary } = props;
  const { sets, problem, showMore, retry } = useSets(session.duplicates, result.id);
  const list = useGroupList(props);
  const [failure, setFailure] = React.useState<Problem>();
  const count = summary.proven.groups + summary.probable.groups;

  async function removeCopies(): Promise<void> {
    setFailure(undefined);
    try {
      const rows = await session.duplicates.readCopies(result.id);
      // Another result has other rows.
      if (session.getSnapshot().result?.id !== result.id || rows.length === 0) return;
      session.removeCopies(rows);
    } catch (error) {
      setFailure(toProblem(error));
    }
  }

  const shown = problem ?? failure ?? list.problem;
  return (
    <>
      <DuplicatesTable sets={sets} count={count} session={session} onMore={showMore} />
      {shown && (
        <div className="note gallery-trouble" role="alert">
          <ErrorIcon />
          <span>{describeListProblem(shown)}</span>
          {problem && <Button className="text-button" subtle={true} text={t('Retry')} onClick={retry} />}
        </div>
      )}
      <div className="hub-group-buttons">
        {session.actions && summary.proven.freedBytes > 0 && (
          <Button text={t('Select all but the oldest…')} onClick={() => void removeCopies()} />
        )}
        {session.actions && (
          <Button className="text-button" subtle={true} text={t('Export groups')} onClick={list.write} />
        )}
      </div>
      {list.lines}
      <p className="quiet hub-advice">
        {summary.proven.groups > 0 &&
          `${t('The selection also leaves out each file that a text or another work item uses.')} `}
        {t(
          'Azure DevOps frees the space 28 days after a removal, if no other work item uses the same upload.',
        )}
      </p>
    </>
  );
}

/** Name of the exported file. */
const FILE_NAME = 'duplicates.csv';

/** Saves all groups as a table, or offers to copy them where the frame cannot save files. */
function useGroupList({ result, session }: SectionProps): {
  readonly write: () => void;
  readonly problem: Problem | undefined;
  readonly lines: React.JSX.Element | undefined;
} {
  const [problem, setProblem] = React.useState<Problem>();
  const [list, setList] = React.useState<string>();
  const [refused, setRefused] = React.useState<string>();
  const { actions, duplicates } = session;

  async function write(): Promise<void> {
    setProblem(undefined);
    try {
      const text = await writeDuplicates(duplicates, result.id);
      if (actions?.maySave()) actions.save(new Blob([text], { type: 'text/csv' }), FILE_NAME);
      else setList(text);
    } catch (error) {
      setProblem(toProblem(error));
    }
  }

  return {
    write: () => void write(),
    problem,
    lines:
      list === undefined ? undefined : (
        <div className="note gallery-trouble">
          <span role="status">{t("Files can't be saved here. Copy the list instead.")}</span>
          <CopyButton label={t('Copy')} read={() => list} onResult={setRefused} />
          {refused !== undefined && <ManualCopy text={refused} />}
          <IconButton label={t('Close')} icon={<CrossIcon />} onClick={() => setList(undefined)} />
        </div>
      ),
  };
}
