import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { BulkRun } from '../bulk/bulk-run';
import type { RunState, Uploads } from '../bulk/run-state';
import type { Upload } from '../model/upload';
import { isOver } from '../model/upload';
import { countFiles, formatBytes } from '../ui/format';
import { HoldLine } from '../ui/hold-line';
import { ProgressBar } from '../ui/progress-bar';
import type { UploadActions } from '../ui/upload-actions';
import { UploadList } from '../ui/upload-list';
import { useSpeedText } from '../ui/use-speed';
import { useStore } from '../ui/use-store';
import { countItems, formatCount } from './panel-sentences';
import type { PanelSession } from './panel-session';
import type { PanelState } from './panel-state';
import { ReportView } from './report-view';
import type { RunProgress } from './run-facts';
import { byId, progressOf, reportOfRun } from './run-facts';
import { RunItems } from './run-items';
import { RunNews } from './run-news';

/** A run: how far it is, and in the end what came of it. */
export function RunView(props: {
  state: PanelState;
  run: BulkRun;
  session: PanelSession;
}): React.JSX.Element {
  const { state, run, session } = props;
  const runState = useStore(run);
  const all = useStore(run.queue);
  const uploads = byId(all);
  if (runState.phase === 'over') {
    const { plan, files, items } = state;
    return (
      <ReportView
        rows={reportOfRun(plan, files, items, runState, uploads)}
        unchecked={runState.unchecked}
        onRetryFailed={run.retryFailed}
        session={session}
      />
    );
  }
  return (
    <Running state={state} run={run} runState={runState} all={all} uploads={uploads} session={session} />
  );
}

function Running(props: {
  state: PanelState;
  run: BulkRun;
  runState: RunState;
  all: readonly Upload[];
  uploads: Uploads;
  session: PanelSession;
}): React.JSX.Element {
  const { state, run, runState, all, uploads, session } = props;
  const hold = useStore(run.queue.hold);
  const progress = progressOf(runState, uploads);
  const open = all.filter(({ state: { status } }) => status !== 'uploaded' && status !== 'cancelled');
  const actions = React.useMemo<UploadActions>(() => ({ ...run.queue, pickAgain: () => undefined }), [run]);
  return (
    <div className="panel">
      <div className="panel-body">
        <Bars progress={progress} />
        {hold.reason !== 'nothing' && all.some((upload) => !isOver(upload.state)) && (
          <HoldLine hold={hold} onTryNow={run.queue.goOn} />
        )}
        {open.length > 0 && (
          <section aria-label="Files on their way">
            <UploadList label="Files on their way" uploads={open} hold={hold} actions={actions} />
          </section>
        )}
        <section aria-label="Work items">
          <RunItems state={state} runState={runState} uploads={uploads} session={session} />
        </section>
      </div>
      <footer className="panel-footer">
        <p className="quiet">{describeRun(runState, progress)}</p>
        <div className="panel-buttons">
          {runState.isPaused ? (
            <Button primary={true} text="Go on" onClick={run.resume} />
          ) : (
            <Button text="Pause" disabled={runState.isCancelled} onClick={run.pause} />
          )}
          <Button text="Cancel" disabled={runState.isCancelled} onClick={run.cancel} />
        </div>
      </footer>
      <RunNews text={describeRun(runState, progress)} />
    </div>
  );
}

/** One bar for the bytes, and one for what they are for. */
function Bars({ progress }: { progress: RunProgress }): React.JSX.Element {
  const { files, filesSent, bytes, bytesSent, items, itemsDone } = progress;
  const speed = useSpeedText('run', bytesSent, bytes - bytesSent);
  const amount = `${formatBytes(bytesSent)} of ${formatBytes(bytes)}`;
  return (
    <>
      <div className="overall">
        <div className="overall-text">
          <span>
            {filesSent} of {countFiles(files)} sent
          </span>
          <span className="overall-speed">
            {amount}
            {speed && ` · ${speed}`}
          </span>
        </div>
        <ProgressBar
          label="Files sent"
          percent={percentOf(bytesSent, bytes)}
          valueText={`${filesSent} of ${countFiles(files)}, ${amount}`}
        />
      </div>
      <div className="overall">
        <div className="overall-text">
          <span>
            {formatCount(itemsDone)} of {countItems(items)} done
          </span>
        </div>
        <ProgressBar
          label="Work items done"
          percent={percentOf(itemsDone, items)}
          valueText={`${itemsDone} of ${countItems(items)}`}
        />
      </div>
    </>
  );
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.floor((100 * part) / whole);
}

function describeRun({ phase, isPaused, isCancelled }: RunState, progress: RunProgress): string {
  const { pairs, pairsAttached, pairsFailed } = progress;
  if (phase === 'checking') return 'Reading the work items once more, to see what is really there…';
  const parts = [
    `${formatCount(pairsAttached)} of ${formatCount(pairs)} attached`,
    pairsFailed > 0 && `${formatCount(pairsFailed)} failed`,
    isPaused && 'paused',
    isCancelled && 'ending what is under way',
  ];
  return parts.filter(Boolean).join(' · ');
}
