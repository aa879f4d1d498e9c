import * as React from 'react';
import type { Speed } from './speed';
import { secondsLeft, startSpeed, updateSpeed } from './speed';
import { formatSeconds, formatSpeed } from './format';

/**
 * Speed and time left of something that moves, as text: `4.2 MB/s · 8 s left`; empty until there is a figure to show.
 *
 * @param key Another key begins a new measurement.
 */
export function useSpeedText(key: string, bytesSent: number, bytesTotal: number): string {
  useTick(1000);
  const measured = React.useRef<{ key: string; speed: Speed }>();
  const now = performance.now();
  const before = measured.current?.key === key ? measured.current.speed : startSpeed(bytesSent, now);
  const speed = updateSpeed(before, bytesSent, now);
  measured.current = { key, speed };
  if (speed.bytesPerSecond === undefined || bytesSent === bytesTotal) return '';
  const seconds = secondsLeft(speed, bytesTotal - bytesSent);
  const left = seconds === undefined ? '' : ` · ${formatSeconds(seconds)} left`;
  return `${formatSpeed(speed.bytesPerSecond)}${left}`;
}

/** Renders anew every `intervalMs`, so that an upload that stands still is not shown at its last speed. */
function useTick(intervalMs: number): void {
  const [, tick] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    const timer = setInterval(tick, intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
}
