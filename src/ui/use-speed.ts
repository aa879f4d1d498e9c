import * as React from 'react';
import { t } from '../i18n/translate';
import type { Speed } from './speed';
import { secondsLeft, startSpeed, updateSpeed } from './speed';
import { formatSeconds, formatSpeed } from './format';
import { useTick } from './use-tick';

/**
 * Speed and time left of something that moves, as text: `4.2 MB/s · 8 s left`; empty until there is a figure to show.
 *
 * @param key Another key begins a new measurement.
 * @param bytesToCome What is still to be sent until it is over.
 */
export function useSpeedText(key: string, bytesSent: number, bytesToCome: number): string {
  // An upload that stands still is not to be shown at its last speed.
  useTick(true);
  const measured = React.useRef<{ key: string; speed: Speed }>();
  const now = performance.now();
  const before = measured.current?.key === key ? measured.current.speed : startSpeed(bytesSent, now);
  const speed = updateSpeed(before, bytesSent, now);
  measured.current = { key, speed };
  return bytesToCome > 0 ? describeSpeed(speed, bytesToCome) : '';
}

/** `4.2 MB/s · 8 s left`, or as much of it as is known. */
export function describeSpeed(speed: Speed, bytesToCome: number): string {
  if (speed.bytesPerSecond === undefined || speed.bytesPerSecond < 1) return '';
  const seconds = secondsLeft(speed, bytesToCome);
  const figure = formatSpeed(speed.bytesPerSecond);
  return seconds === undefined ? figure : `${figure} · ${t('{time} left', { time: formatSeconds(seconds) })}`;
}
