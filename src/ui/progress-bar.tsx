import * as React from 'react';
import type { Overall } from '../upload/progress';
import { overallOf } from '../upload/progress';
import type { BatchId, Upload } from '../upload/upload';

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

/** Returns the combined progress, from the first active upload to the last linked one. */
export function useOverall(uploads: readonly Upload[]): Overall | undefined {
  const batches = React.useRef<ReadonlySet<BatchId>>();
  const overall = overallOf(uploads, batches.current);
  batches.current = overall?.batches;
  return overall;
}
