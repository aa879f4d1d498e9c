import * as React from 'react';
import { countFiles, formatBytes } from './format';
import type { Overall } from './progress';
import { ProgressBar } from './progress-bar';
import { useSpeedText } from './use-speed';

/** One bar for several files. */
export function OverallProgress({ overall }: { overall: Overall }): React.JSX.Element {
  const { key, files, filesLinked, bytesSent, bytesTotal, percent } = overall;
  const speed = useSpeedText(key, bytesSent, bytesTotal);
  const amount = `${formatBytes(bytesSent)} of ${formatBytes(bytesTotal)}`;
  const count = `${filesLinked} of ${countFiles(files)} attached`;
  return (
    <div className="overall">
      <div className="overall-text">
        <span>{count}</span>
        <span className="overall-speed">
          {amount}
          {speed && ` · ${speed}`}
        </span>
      </div>
      <ProgressBar label="All uploads" percent={percent} valueText={`${percent} %, ${count}, ${amount}`} />
    </div>
  );
}
