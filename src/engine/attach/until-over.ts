import { coalesce } from '../../base/async';
import { CancelledError, NetworkError, ServerError } from '../../base/errors';
import type { Runtime } from '../../base/runtime';
import type { PlannedRun } from '../../bulk/run/planned-run';
import type { RunProgress } from '../../bulk/run/run-facts';
import { progressOf } from '../../bulk/run/run-facts';
import { byId } from '../../bulk/run/run-state';

/** Time without a connection before a command gives up, in milliseconds. */
const MAX_OUTAGE_MS = 10 * 60_000;

/** Interval of progress reports, in milliseconds: to add up a run of many files takes a while. */
const REPORT_INTERVAL_MS = 100;

/** Options of `untilOver`. */
export interface UntilOverOptions {
  readonly runtime: Runtime;
  /** Ends the wait. The run is paused, and its journal stays. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
}

/**
 * Waits for the end of a run.
 *
 * @throws ServerError `signed-out` if the credential is not accepted anymore, NetworkError after ten minutes without a
 *   connection, CancelledError after an abort. The run can be resumed from its journal.
 */
export function untilOver({ run }: PlannedRun, options: UntilOverOptions): Promise<void> {
  const { runtime, signal, onProgress } = options;
  const { pauseReason } = run.queue;
  return new Promise((resolve, reject) => {
    const leave: (() => void)[] = [];
    let stopTimer: (() => void) | undefined;

    function end(settle: () => void): void {
      for (const each of leave.splice(0)) each();
      stopTimer?.();
      settle();
    }

    function stop(error: Error): void {
      end(() => reject(error));
      run.pause();
    }

    const report = (): void => onProgress(progressOf(run.getSnapshot(), byId(run.queue.getSnapshot())));
    const reportSoon = coalesce(runtime, REPORT_INTERVAL_MS, report);

    function check(): void {
      if (run.getSnapshot().phase !== 'over') return;
      report();
      end(resolve);
    }

    function checkPause(): void {
      const { reason } = pauseReason.getSnapshot();
      if (reason === 'signed-out') stop(new ServerError('signed-out', 'The token was refused.'));
      if (reason !== 'unreachable') {
        stopTimer?.();
        stopTimer = undefined;
      } else {
        stopTimer ??= runtime.setTimer(MAX_OUTAGE_MS, () =>
          stop(new NetworkError('There was no connection for ten minutes.')),
        );
      }
    }

    const abort = (): void => stop(new CancelledError());
    leave.push(run.subscribe(check, 'at-once'), pauseReason.subscribe(checkPause, 'at-once'));
    leave.push(run.subscribe(reportSoon), run.queue.subscribe(reportSoon));
    signal.addEventListener('abort', abort, { once: true });
    leave.push(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) abort();
    else check();
  });
}
