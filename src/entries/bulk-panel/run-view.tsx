import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { Problem } from '../../base/errors';
import type { PlannedRun } from '../../bulk/run/planned-run';
import type { RunState, Uploads } from '../../bulk/run/run-state';
import { byId } from '../../bulk/run/run-state';
import type { Upload } from '../../upload/upload';
import { isOver } from '../../upload/upload-state';
import { DropZone, useFilePicker } from '../../ui/drop-zone';
import { formatAmount } from '../../base/format';
import { HoldNotice } from '../../ui/hold-notice';
import { ErrorIcon } from '../../ui/icons';
import { ProgressBar } from '../../ui/progress-bar';
import type { UploadActions } from '../../ui/upload-actions';
import { describeProblem } from '../../upload/messages/problems';
import { UploadList } from '../../ui/upload-list';
import { useFirstFocus, useKeptFocus } from '../../ui/use-focus';
import { useLazy, useSpeedText, useStore } from '../../ui/hooks';
import { joinFacts } from './panel-sentences';
import type { PanelSession } from './panel-session';
import { LateFiles } from './refused-files';
import type { ReportView } from './report-view';
import type { RunProgress } from '../../bulk/run/run-facts';
import { countRetryable, progressOf, reportOfRun } from '../../bulk/run/run-facts';
import { RunFooter } from './run-footer';
import { RunItems } from './run-items';

/** Loaded while the run is under way. */
const loadReport = () => import(/* webpackChunkName: "report" */ './report-view');

/** A run: its progress, then its report. */
export function RunView(props: {
  planned: PlannedRun;
  isTarget: boolean;
  session: PanelSession;
}): React.JSX.Element {
  const { planned, session } = props;
  const { run } = planned;
  const state = useStore(run);
  const all = useStore(run.queue);
  const uploads = React.useMemo(() => byId(all), [all]);
  const report = useLazy(loadReport, true);
  const isOver = state.phase === 'over';
  useFirstFocus(isOver && report.module ? 'report' : 'running');
  if (isOver && report.module)
    return <Report {...{ planned, state, uploads, session }} View={report.module.ReportView} />;
  return (
    <>
      {isOver && report.problem && <NoReport problem={report.problem} onRetry={report.retry} />}
      <Running {...props} state={state} all={all} uploads={uploads} />
    </>
  );
}

/** Says why the report is missing. The run itself is over. */
function NoReport({ problem, onRetry }: { problem: Problem; onRetry: () => void }): React.JSX.Element {
  return (
    <p className="note" role="alert">
      <ErrorIcon />
      <span>
        {describeProblem(problem, t('The report'))}{' '}
        <button type="button" className="link-button" onClick={onRetry}>
          {t('Retry')}
        </button>
      </span>
    </p>
  );
}

function Report(props: {
  planned: PlannedRun;
  state: RunState;
  uploads: Uploads;
  session: PanelSession;
  View: typeof ReportView;
}): React.JSX.Element {
  const { planned, state, uploads, session, View } = props;
  const rows = React.useMemo(() => reportOfRun(planned, state, uploads), [planned, state, uploads]);
  return (
    <View
      rows={rows}
      unchecked={state.unchecked}
      retryable={countRetryable(state, uploads) + planned.excluded.length}
      session={session}
    />
  );
}

function Running(props: {
  planned: PlannedRun;
  state: RunState;
  all: readonly Upload[];
  uploads: Uploads;
  isTarget: boolean;
  session: PanelSession;
}): React.JSX.Element {
  const { planned, state, all, uploads, isTarget, session } = props;
  const { run } = planned;
  const hold = useStore(run.queue.pauseReason);
  const progress = progressOf(state, uploads);
  const open = all.filter(({ state: { status } }) => status !== 'uploaded' && status !== 'cancelled');
  const isFileNeeded = open.some(({ state: { status } }) => status === 'needs-file');
  const { input, browse } = useFilePicker(session.attachPicked);
  const actions = React.useMemo<UploadActions>(
    () => ({ ...run.queue, pickAgain: () => browse('files') }),
    [run, browse],
  );
  const heading = React.useRef<HTMLHeadingElement>(null);
  const container = useKeptFocus(() => heading.current);
  return (
    <div className="panel" ref={container} data-scrolls="">
      <div className="panel-body">
        <h2 className="panel-heading" ref={heading} data-takes-focus="" tabIndex={-1}>
          {t(
            'Attaching {files, plural, one {# file} other {# files}} to {items, plural, one {# work item} other {# work items}}',
            { files: progress.files, items: progress.items },
          )}
        </h2>
        <LateFiles session={session} />
        <Bars progress={progress} />
        {hold.reason !== 'nothing' && all.some((upload) => !isOver(upload.state)) && (
          <HoldNotice hold={hold} onTryNow={run.queue.resumeNow} />
        )}
        {isFileNeeded && <DropZone isTarget={isTarget} onBrowse={() => browse('files')} />}
        {input}
        {open.length > 0 && (
          <section aria-label={t('Uploads')}>
            <UploadList label={t('Uploads')} uploads={open} hold={hold} actions={actions} />
          </section>
        )}
        <section aria-label={t('Work items')}>
          <RunItems planned={planned} state={state} uploads={uploads} session={session} />
        </section>
      </div>
      <RunFooter run={run} state={state} text={describeRun(state, progress)} session={session} />
      <RunAnnouncements text={describeRun(state, progress)} />
    </div>
  );
}

/** One bar for bytes, one for work items. */
function Bars({ progress }: { progress: RunProgress }): React.JSX.Element {
  const { files, filesSent, bytes, bytesSent, items, itemsDone } = progress;
  const speed = useSpeedText('run', bytesSent, bytes - bytesSent);
  const amount = formatAmount(bytesSent, bytes);
  return (
    <>
      <div className="overall">
        <div className="overall-text">
          <span>
            {t('{sent, number} of {count, plural, one {# file} other {# files}} uploaded', {
              sent: filesSent,
              count: files,
            })}
          </span>
          <span className="overall-speed">
            {amount}
            {speed && ` · ${speed}`}
          </span>
        </div>
        <ProgressBar
          label={t('Files uploaded')}
          percent={percentOf(bytesSent, bytes)}
          valueText={t('{sent, number} of {count, plural, one {# file} other {# files}}, {amount}', {
            sent: filesSent,
            count: files,
            amount,
          })}
        />
      </div>
      <div className="overall">
        <div className="overall-text">
          <span>
            {t('{done, number} of {count, plural, one {# work item} other {# work items}} done', {
              done: itemsDone,
              count: items,
            })}
          </span>
        </div>
        <ProgressBar
          label={t('Work items done')}
          percent={percentOf(itemsDone, items)}
          valueText={t('{done, number} of {count, plural, one {# work item} other {# work items}}', {
            done: itemsDone,
            count: items,
          })}
        />
      </div>
    </>
  );
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.floor((100 * part) / whole);
}

function describeRun({ phase }: RunState, progress: RunProgress): string {
  const { pairs, pairsAttached, pairsFailed, pairsLeft } = progress;
  if (phase === 'checking') return t('Verifying the attachments…');
  return joinFacts([
    t('{count, number} of {total, number} attached', { count: pairsAttached, total: pairs }),
    pairsFailed > 0 && t('{count, number} failed', { count: pairsFailed }),
    pairsLeft > 0 && t('{count, number} left', { count: pairsLeft }),
    phase === 'paused' && t('paused'),
    phase === 'cancelling' && t('canceling…'),
  ]);
}

/** Time between two announcements, in milliseconds: a screen reader needs it to finish a sentence. */
const PAUSE_MS = 5_000;

/** Announces the progress of a run to screen readers at intervals. */
function RunAnnouncements({ text }: { text: string }): React.JSX.Element {
  const [spoken, speak] = React.useState(text);
  const latest = React.useRef(text);
  latest.current = text;
  React.useEffect(() => {
    const timer = setInterval(() => speak(latest.current), PAUSE_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="for-screen-readers" role="status" aria-live="polite">
      {spoken}
    </div>
  );
}
