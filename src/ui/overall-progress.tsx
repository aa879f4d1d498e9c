import * as React from 'react';
import { countFiles, formatBytes } from './format';
import type { Overall } from './progress';
import { ProgressBar } from './progress-bar';
import { useSpeedText } from './use-speed';

/** One bar for several files. */
export function OverallProgress({ overall }: { overall: Overall }): React.JSX.Element {
  const { files, filesLinked, bytesSent, bytesTotal, percent, isPaused } = overall;
  const amount = `${formatBytes(bytesSent)} of ${formatBytes(bytesTotal)}`;
  const count = `${filesLinked} of ${countFiles(files)} attached${isPaused ? ', paused' : ''}`;
  return (
    <div className="overall">
      <div className="overall-text">
        <span>{count}</span>
        <span className="overall-speed">
          {amount}
          {!isPaused && <OverallSpeed overall={overall} />}
        </span>
      </div>
      <ProgressBar label="All uploads" percent={percent} valueText={`${percent} %, ${count}, ${amount}`} />
    </div>
  );
}

function OverallSpeed({ overall }: { overall: Overall }): React.JSX.Element {
  const speed = useSpeedText(overall.key, overall.bytesSent, overall.bytesToCome);
  return <>{speed && ` · ${speed}`}</>;
}
