import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { joinUrl } from '../../azure/rest/connection';
import { t } from '../../base/i18n/translate';
import type { Problem } from '../../base/errors';
import { keyOfPair } from '../../bulk/plan/plan';
import type { ReportGroup, ReportRow } from '../../bulk/plan/report';
import { problemOf, reasonOf, summarize } from '../../bulk/plan/report';
import { toCsv, toJson } from '../../bulk/plan/report-files';
import { FileName } from '../../ui/rich-text';
import { useStore } from '../../ui/hooks';
import { CheckIcon, ErrorIcon, Glyph } from '../../ui/icons';
import { describeCause, describeInRow } from '../../upload/messages/problems';
import { VirtualList } from '../../ui/virtual-list';
import { AttachAnyway } from './attach-anyway';
import { ExportMenu } from './export-menu';
import { labelOf } from './panel-sentences';
import { describeFailure, describeGroup, describeOutcome, describeReport } from './report-sentences';
import type { PanelSession } from './panel-session';
import { LateFiles } from './refused-files';
import { RowDetails } from './row-details';
import { summaryOf } from './report-summary';

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
  const { isRetrying, run, baseUrls } = useStore(session);
  const groups = React.useMemo(() => summarize(rows), [rows]);
  const [chosen, choose] = React.useState<string>();
  const sorted = React.useMemo(() => groups.flatMap((group) => group.rows), [groups]);
  const shown = groups.find((group) => keyOf(group) === chosen)?.rows ?? sorted;
  const canAttach = React.useMemo(() => new Set(run?.skipped.map(keyOfPair)), [run]);
  // The last one is the address that the person sees.
  const baseUrl = baseUrls.at(-1);
  const failed = groups.filter(({ kind }) => kind === 'failed').flatMap((group) => group.rows).length;
  const isLeft = groups.some(({ kind }) => kind === 'cancelled' || kind === 'not-tried');
  return (
    <div className="panel" data-scrolls="">
      <div className="panel-body">
        <div className="panel-facts">
          <h2 className="panel-heading" data-takes-focus="" tabIndex={-1}>
            {failed > 0 ? <ErrorIcon /> : isLeft ? <LeftOutIcon /> : <CheckIcon />}
            {describeReport(groups, rows.length)}
          </h2>
          <ExportMenu
            summaryOf={() =>
              summaryOf(groups, rows.length, (id) => baseUrl && joinUrl(baseUrl, `_workitems/edit/${id}`))
            }
            csv={{
              name: 'stapler-report.csv',
              type: 'text/csv',
              textOf: () => toCsv(shown, describeReason),
            }}
            json={{
              name: 'stapler-report.json',
              type: 'application/json',
              textOf: () => toJson(shown, describeReason),
            }}
          />
        </div>
        <LateFiles session={session} />
        {unchecked && (
          <p className="note" role="alert">
            <ErrorIcon />
            <span>
              {describeCause(unchecked)}{' '}
              {t("These results couldn't be verified. Open the work items to check.")}
            </span>
          </p>
        )}
        <div className="chips" role="group" aria-label={t('Filter')}>
          <Chip
            text={t('All ({count, number})', { count: rows.length })}
            isChosen={chosen === undefined}
            onChoose={() => choose(undefined)}
          />
          {groups.map((group) => (
            <Chip
              key={keyOf(group)}
              text={t('{outcome} ({count, number})', {
                outcome: describeGroup(group),
                count: group.rows.length,
              })}
              isChosen={chosen === keyOf(group)}
              onChoose={() => choose(keyOf(group))}
            />
          ))}
        </div>
        <section aria-label={t('Report')}>
          <VirtualList
            label={t('Results by file')}
            rows={shown}
            keyOf={keyOfPair}
            estimatePx={ROW_PX}
            renderRow={(row) => <Row row={row} canAttach={canAttach.has(keyOfPair(row))} session={session} />}
          />
        </section>
      </div>
      <footer className="panel-footer">
        <p className="quiet" role="status">
          {isRetrying
            ? t('{count, plural, one {reading # work item…} other {reading # work items…}}', {
                count: new Set(run?.excluded.map(({ workItemId }) => workItemId)).size,
              })
            : t('Refresh boards and queries to see the new attachments.')}
        </p>
        <div className="panel-buttons">
          {retryable > 0 && (
            <Button
              primary={true}
              text={t('Retry failed ({count, number})', { count: retryable })}
              onClick={() => void session.retry()}
            />
          )}
          <Button text={t('Back to plan')} onClick={() => void session.backToPlan()} />
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

function Row(props: {
  row: ReportRow;
  /** Whether a skipped file can still be attached. */
  canAttach: boolean;
  session: PanelSession;
}): React.JSX.Element {
  const { row, canAttach, session } = props;
  const { name, workItemId, workItemType, workItemTitle, outcome } = row;
  const problem = problemOf(row);
  return (
    <div className="plan-row">
      <div className="plan-row-line">
        <OutcomeIcon row={row} />
        <div className="plan-row-text">
          <FileName name={name} />
          <span className="quiet plan-row-title" title={workItemTitle}>
            <button type="button" className="link-button" onClick={() => session.openWorkItem(workItemId)}>
              {labelOf({ id: workItemId, type: workItemType })}
            </button>{' '}
            <bdi>{workItemTitle}</bdi>
          </span>
        </div>
        <span className="plan-row-size quiet">
          {describeOutcome(outcome.kind, reasonOf(row))}
          {canAttach && <AttachAnyway name={name} pairs={[row]} session={session} />}
        </span>
      </div>
      {problem && (
        <>
          <span className="field-error">{describeInRow(problem)}</span>
          <RowDetails name={name} problem={problem} />
        </>
      )}
    </div>
  );
}

function OutcomeIcon({ row }: { row: ReportRow }): React.JSX.Element {
  if (problemOf(row)) return <ErrorIcon />;
  switch (row.outcome.kind) {
    case 'attached':
    case 'replaced':
    case 'already-there':
      return <CheckIcon />;
    default:
      return <LeftOutIcon />;
  }
}

/** A dash: not attached, without an error. */
function LeftOutIcon(): React.JSX.Element {
  return <Glyph className="quiet" path="M3.5 7.5h9v1h-9z" />;
}

function describeReason(problem: Problem, { name }: ReportRow): string {
  return describeFailure(problem, name);
}

function keyOf({ kind, problem, reason }: ReportGroup): string {
  return `${kind} ${problem?.kind} ${reason}`;
}
