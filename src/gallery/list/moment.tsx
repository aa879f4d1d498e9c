import * as React from 'react';
import { describeDate } from '../sentences';

const MINUTE_MS = 60_000;

/** A time as an age; the tooltip and screen readers tell it exactly. */
export function Moment(props: {
  /** In milliseconds since the epoch; `NaN` if unknown. */
  at: number;
  /** See `describeAge`. */
  age: string;
}): React.JSX.Element | null {
  if (Number.isNaN(props.at)) return null;
  const exact = describeDate(props.at);
  return (
    <time dateTime={new Date(props.at).toISOString()} title={exact}>
      <span aria-hidden="true">{props.age}</span>
      <span className="for-screen-readers">{exact}</span>
    </time>
  );
}

/** Returns the time in milliseconds since the epoch; renders again each minute. */
export function useMinute(): number {
  const [, tick] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    const timer = setInterval(tick, MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return Date.now();
}
