import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { Problem } from '../../base/errors';
import type { ReportGroup, ReportRow } from '../../bulk/plan/report';
import { problemOf, summarize } from '../../bulk/plan/report';
import { toCsv, toJson } from '../../bulk/plan/report-files';
import { FileName } from '../../ui/rich-text';
import { useStore } from '../../ui/hooks';
import { CheckIcon, ErrorIcon } from '../../ui/icons';
import { describeProblem } from '../../upload/messages/problems';
import { VirtualList } from '../../ui/virtual-list';
import { CopyButton, ExportButton } from './export-buttons';
import { describeFailure, describeOutcome, labelOf, listFacts, nameProblem } from './panel-sentences';
import type { PanelSession } from './panel-session';
import { LateFiles } from './refused-files';

const ROW_PX = 44;

/** Report of a run: one row for each file and work item of the plan. */
export function ReportView(props: {
  rows: readonly ReportRow[];
  /** Error of the final read of the work items. */
  unchecked: Problem | undefined;
  /** Number of failures with a possible retry. */
  retryable: number;
  session: PanelSession;
}): React.JSX.Element {
  const { rows, unchecked, retryable, session } = props;
  const { isRetrying, run } = useStore(session);
  const groups = React.useMemo(() => summarize(rows), [rows]);
  const [chosen, choose] = React.useState<string>();
  const shown = groups.find((group) => keyOf(group) === chosen)?.rows ?? rows;
  const failed = groups.filter(({ kind }) => kind === 'failed').flatMap((group) => group.rows).length;
  return (
    <div className="panel">
      <div className="panel-body">
        <h2 className="panel-heading" data-takes-focus="" tabIndex={-1}>
          {failed === 0 ? <CheckIcon /> : <ErrorIcon />}
          {describeReport(groups, rows.length)}
        </h2>
        <LateFiles session={session} />
        {unchecked && (
          <p className="note" role="alert">
            <ErrorIcon />
            <span>
              {describeProblem(unchecked, t('The work items'))}{' '}
              {t('What is told here is what the server answered; it could not be read once more.')}
            </span>
          </p>
        )}
        <div className="chips" role="group" aria-label={t('Show')}>
          <Chip
            text={t('All ({count, number})', { count: rows.length })}
            isChosen={chosen === undefined}
            onChoose={() => choose(undefined)}
          />
          {groups.map((group) => (
            <Chip
              key={keyOf(group)}
              text={t('{outcome} ({count, number})', { outcome: textOf(group), count: group.rows.length })}
              isChosen={chosen === keyOf(group)}
              onChoose={() => choose(keyOf(group))}
            />
          ))}
        </div>
        <section aria-label={t('Report')} className="long-list">
          <VirtualList
            label={t('What came of each file')}
            rows={shown}
            keyOf={keyOfRow}
            estimatePx={ROW_PX}
            renderRow={(row) => <Row row={row} session={session} />}
          />
        </section>
        <div className="panel-buttons">
          <CopyButton textOf={() => toCsv(shown, describeReason)} />
          <ExportButton
            download={t('Download the report (CSV)')}
            copy={t('Copy the report (CSV)')}
            name="stapler-report.csv"
            type="text/csv"
            textOf={() => toCsv(shown, describeReason)}
          />
          <ExportButton
            download={t('Download the report (JSON)')}
            copy={t('Copy the report (JSON)')}
            name="stapler-report.json"
            type="application/json"
            textOf={() => toJson(shown, describeReason)}
          />
        </div>
      </div>
      <footer className="panel-footer">
        <p className="quiet" role="status">
          {isRetrying
            ? t('{count, plural, one {reading # work item…} other {reading # work items…}}', {
                count: new Set(run?.excluded.map(({ workItemId }) => workItemId)).size,
              })
            : t('Lists and boards show new attachments once they are refreshed.')}
        </p>
        <div className="panel-buttons">
          {retryable > 0 && (
            <Button
              primary={true}
              text={t('Retry {count, number} failed', { count: retryable })}
              onClick={() => void session.retry()}
            />
          )}
          <Button text={t('Back to the plan')} onClick={() => void session.backToPlan()} />
          <Button primary={retryable === 0} text={t('Close')} onClick={session.close} />
        </div>
      </footer>
    </div>
  );
}

function Chip(props: { text: string; isChosen: boolean; onChoose: () => void }): React.JSX.Element {
  return (
    <button type="button" className="bar-button" aria-pressed={props.isChosen} onClick={props.onChoose}>
      {props.text}
    </button>
  );
}

function Row({ row, session }: { row: ReportRow; session: PanelSession }): React.JSX.Element {
  const { name, workItemId, workItemType, workItemTitle, outcome } = row;
  const problem = problemOf(row);
  return (
    <div className="plan-row">
      <div className="plan-row-line">
        {problem ? <ErrorIcon /> : <CheckIcon />}
        <div className="plan-row-text">
          <FileName name={name} />
          <span className="quiet plan-row-title" title={workItemTitle}>
            <button type="button" className="link-button" onClick={() => session.openWorkItem(workItemId)}>
              {labelOf({ id: workItemId, type: workItemType })}
            </button>{' '}
            <bdi>{workItemTitle}</bdi>
          </span>
        </div>
        <span className="plan-row-size quiet">{describeOutcome(outcome.kind)}</span>
      </div>
      {problem && <span className="field-error">{describeReason(problem, row)}</span>}
    </div>
  );
}

function describeReason(problem: Problem, { name }: ReportRow): string {
  return describeFailure(problem, name);
}

function keyOfRow({ fileId, workItemId }: ReportRow): string {
  return `${fileId} ${workItemId}`;
}

function keyOf({ kind, problem }: ReportGroup): string {
  return [kind, problem?.kind, problem?.serverCode].join(' ');
}

/** `Failed: VS403313` */
function textOf({ kind, problem }: ReportGroup): string {
  const outcome = describeOutcome(kind);
  return problem
    ? t('{outcome}: {why}', { outcome, why: problem.serverCode ?? nameProblem(problem.kind) })
    : outcome;
}

function describeReport(groups: readonly ReportGroup[], total: number): string {
  const count = (kinds: readonly string[]): number =>
    groups.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { rows }) => sum + rows.length, 0);
  const there = count(['attached', 'replaced', 'not-replaced']);
  const before = count(['already-there']);
  const skipped = count(['skipped']);
  const failed = count(['failed']);
  const left = count(['cancelled', 'not-tried']);
  return listFacts([
    t('{count, number} of {total, number} attached', { count: there, total }),
    before > 0 && t('{count, number} there before', { count: before }),
    skipped > 0 && t('{count, number} skipped', { count: skipped }),
    failed > 0 && t('{count, number} failed', { count: failed }),
    left > 0 && t('{count, number} left', { count: left }),
  ]);
}
