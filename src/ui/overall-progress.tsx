import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { BatchId, Upload } from '../upload/upload';
import { formatAmount, formatPercent, listOf } from '../base/format';
import type { Overall } from '../upload/progress';
import { overallOf } from '../upload/progress';
import { ProgressBar } from './progress-bar';
import { useSpeedText } from './use-speed';

/** One bar for several files. */
export function OverallProgress({ overall }: { overall: Overall }): React.JSX.Element {
  const { files, filesLinked, bytesSent, bytesTotal, percent, isPaused } = overall;
  const amount = formatAmount(bytesSent, bytesTotal);
  const count = isPaused
    ? t(
        '{count, plural, one {{attached, number} of # file attached, paused} other {{attached, number} of # files attached, paused}}',
        { attached: filesLinked, count: files },
      )
    : t(
        '{count, plural, one {{attached, number} of # file attached} other {{attached, number} of # files attached}}',
        { attached: filesLinked, count: files },
      );
  return (
    <div className="overall">
      <div className="overall-text">
        <span>{count}</span>
        <span className="overall-speed">
          {amount}
          {!isPaused && <OverallSpeed overall={overall} />}
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
