import * as React from 'react';
import { formatAmount, formatBytes, formatPercent, listOf } from '../base/format';
import { t } from '../base/i18n/translate';
import type { Overall } from '../upload/progress';
import { overallOf } from '../upload/progress';
import type { BatchId, Upload } from '../upload/upload';
import { useSpeedText } from './hooks';

/** An accessible progress bar. */
export function ProgressBar(props: {
  /** Accessible name: `Uploading build.log`. */
  label: string;
  /** Whole percent, 0 to 100. */
  percent: number;
  /** Text for screen readers instead of the number: `45 %, 3 MB of 7 MB`. */
  valueText: string;
}): React.JSX.Element {
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={props.percent}
      aria-valuetext={props.valueText}
    >
      <div className="progress-fill" style={{ transform: `scaleX(${props.percent / 100})` }} />
    </div>
  );
}

/** One bar for several files. */
export function OverallProgress({ overall }: { overall: Overall }): React.JSX.Element {
  const { files, filesLinked, bytesSent, bytesTotal, percent, isPaused } = overall;
  const amount = formatAmount(bytesSent, bytesTotal);
  const attached = t(
    '{count, plural, one {{attached, number} of # file attached} other {{attached, number} of # files attached}}',
    { attached: filesLinked, count: files },
  );
  const count = isPaused ? `${t('Paused')} · ${attached}` : attached;
  const isMoving = !isPaused && formatBytes(bytesSent) !== formatBytes(bytesTotal);
  return (
    <div className="overall">
      <div className="overall-text">
        <span>{count}</span>
        <span className="overall-speed">
          {amount}
          {isMoving && <OverallSpeed overall={overall} />}
        </span>
      </div>
      <ProgressBar
        label={t('All uploads')}
        percent={percent}
        valueText={listOf([formatPercent(percent), count, amount])}
      />
    </div>
  );
}

function OverallSpeed({ overall }: { overall: Overall }): React.JSX.Element {
  const speed = useSpeedText(overall.key, overall.bytesSent, overall.bytesToCome);
  return <>{speed && ` · ${speed}`}</>;
}

/** Returns the combined progress, from the first active upload to the last linked one. */
export function useOverall(uploads: readonly Upload[]): Overall | undefined {
  const batches = React.useRef<ReadonlySet<BatchId>>();
  const overall = overallOf(uploads, batches.current);
  batches.current = overall?.batches;
  return overall;
}
