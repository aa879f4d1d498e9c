import * as React from 'react';
import { t } from '../i18n/translate';
import { formatSeconds, formatSpeed } from './format';
import { useTick } from './use-tick';

/** How fast a number of bytes grows, smoothed so that the figure can be read. */
export interface Speed {
  /** Bytes per second; `undefined` until there is something to go by, and while nothing moves. */
  readonly bytesPerSecond: number | undefined;
  /** The first bytes only fill the buffers between here and the server; what moves afterwards is counted. */
  readonly isWarm: boolean;
  /** The last look that counted, in milliseconds, and the bytes at that time. */
  readonly at: number;
  readonly bytes: number;
  /** The last look by which the bytes had grown, in milliseconds. */
  readonly movedAt: number;
}

/** Samples that come closer together say more about the clock than about the network, in milliseconds. */
const SHORTEST_SAMPLE_MS = 1_000;

/** Changes within this time count about half, in milliseconds. */
const HALF_LIFE_MS = 3_000;

/** Nothing has moved for this long: whatever is measured is over, in milliseconds. */
const STANDSTILL_MS = 5_000;

/** A longer time is nothing that a person can wait for, and hardly true. */
const LONGEST_SECONDS = 24 * 60 * 60;

/** The beginning of a measurement. `at` in milliseconds. */
export function startSpeed(bytes: number, at: number): Speed {
  return { bytesPerSecond: undefined, isWarm: false, at, bytes, movedAt: at };
}

/**
 * The speed after one more look. A count that went back (another set of files) or stood still for long begins anew:
 * what went before says nothing about what comes.
 */
export function updateSpeed(speed: Speed, bytes: number, at: number): Speed {
  if (bytes < speed.bytes) return startSpeed(bytes, at);
  const elapsedMs = at - speed.at;
  if (elapsedMs < SHORTEST_SAMPLE_MS) return speed;
  const hasMoved = bytes > speed.bytes;
  const movedAt = hasMoved ? at : speed.movedAt;
  if (!hasMoved && (!speed.isWarm || at - movedAt >= STANDSTILL_MS)) return startSpeed(bytes, at);
  if (!speed.isWarm) return { ...speed, isWarm: true, at, bytes, movedAt };
  const sample = ((bytes - speed.bytes) * 1000) / elapsedMs;
  const weight = 0.5 ** (elapsedMs / HALF_LIFE_MS);
  const bytesPerSecond =
    speed.bytesPerSecond === undefined ? sample : weight * speed.bytesPerSecond + (1 - weight) * sample;
  return { ...speed, bytesPerSecond, at, bytes, movedAt };
}

/** Seconds until `bytesLeft` are sent; `undefined` rather than infinity when next to nothing moves. */
export function secondsLeft(speed: Speed, bytesLeft: number): number | undefined {
  if (!speed.bytesPerSecond) return undefined;
  const seconds = bytesLeft / speed.bytesPerSecond;
  return seconds > LONGEST_SECONDS ? undefined : seconds;
}

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
