import * as React from 'react';
import { formatAmount, formatBytes, formatPercent, listOf } from '../base/format';
import { t } from '../base/i18n/translate';
import type { Overall } from '../upload/progress';
import { useSpeedText } from './hooks';
import { ProgressBar } from './progress-bar';

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
