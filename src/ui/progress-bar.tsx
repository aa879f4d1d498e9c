import * as React from 'react';

/** Progress that can be seen and heard. */
export function ProgressBar(props: {
  /** Accessible name: `Uploading build.log`. */
  label: string;
  /** Whole percent, 0 to 100. */
  percent: number;
  /** What a screen reader says in place of the bare number: `45 %, 3 MB of 7 MB`. */
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
