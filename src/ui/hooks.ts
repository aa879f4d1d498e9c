import * as React from 'react';
import { useSyncExternalStore } from 'use-sync-external-store/shim';
import type { Problem } from '../base/errors';
import { toProblem } from '../base/errors';
import { formatSeconds, formatSpeed } from '../base/format';
import { t } from '../base/i18n/translate';
import { loadModule } from '../base/load-module';
import type { ReadonlyStore } from '../base/store';

/** Returns the state of a store and renders again when it changes. */
export function useStore<State>(store: ReadonlyStore<State>): State {
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}

/** Returns the last defined value: it stays while the next one is read. */
export function useLast<T>(value: T | undefined): T | undefined {
  const last = React.useRef<T>();
  last.current = value ?? last.current;
  return last.current;
}

/** State of a lazy module: loaded, failed, or neither yet. */
export interface Lazy<Module> {
  readonly module?: Module;
  readonly problem?: Problem;
  /** Loads a failed module again. */
  readonly retry: () => void;
}

/**
 * Loads a module on demand, once for all components.
 *
 * @param load Must be the same function on each render.
 * @param isWanted Whether to load it now.
 */
export function useLazy<Module>(load: () => Promise<Module>, isWanted: boolean): Lazy<Module> {
  const [, update] = React.useReducer((count: number) => count + 1, 0);
  const [attempt, retry] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    if (!isWanted || loadedModules.get(load)?.module !== undefined) return;
    let isMounted = true;
    void loadModule(load)
      .then(
        (module): Loaded<Module> => ({ module }),
        (error: unknown): Loaded<Module> => ({ problem: toProblem(error) }),
      )
      .then((loaded) => {
        loadedModules.set(load, loaded);
        if (isMounted) update();
      });
    return () => void (isMounted = false);
  }, [load, isWanted, attempt]);
  return { ...(loadedModules.get(load) as Loaded<Module> | undefined), retry };
}

type Loaded<Module> = Pick<Lazy<Module>, 'module' | 'problem'>;

/** By the function that loads it. */
const loadedModules = new WeakMap<() => Promise<unknown>, Loaded<unknown>>();

const TICK_MS = 1_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Renders once a second while `isNeeded`. All components share one timer. */
function useTick(isNeeded: boolean): void {
  const [, tick] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    if (!isNeeded) return;
    listeners.add(tick);
    timer ??= setInterval(() => {
      for (const listener of [...listeners]) listener();
    }, TICK_MS);
    return () => {
      listeners.delete(tick);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, [isNeeded]);
}

/** Returns the whole seconds until `until` (milliseconds since the epoch), rounded up; counts down to 0. */
export function useSecondsUntil(until: number): number {
  const seconds = secondsUntil(until, Date.now());
  useTick(seconds > 0);
  return seconds;
}

/** Returns the whole seconds from `now` to `until` (both in milliseconds), rounded up and never negative. */
export function secondsUntil(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/** Smoothed rate of a growing byte count. */
export interface Speed {
  /** Bytes per second; `undefined` before the first sample and while nothing moves. */
  readonly bytesPerSecond: number | undefined;
  /** Whether the send buffers are full. The first bytes only fill them and are not counted. */
  readonly isWarm: boolean;
  /** Time of the last sample, in milliseconds, and the byte count then. */
  readonly at: number;
  readonly bytes: number;
  /** Time of the last progress, in milliseconds. */
  readonly movedAt: number;
}

/** Shorter samples measure the clock rather than the network, in milliseconds. */
const MIN_SAMPLE_MS = 1_000;

/** Half-life of a sample, in milliseconds. */
const HALF_LIFE_MS = 3_000;

/** Time without progress before the measurement restarts, in milliseconds. */
const STALL_MS = 5_000;

/** Longer estimates are neither useful nor reliable. */
const MAX_SECONDS = 24 * 60 * 60;

/** Starts a measurement. `at` is in milliseconds. */
export function startSpeed(bytes: number, at: number): Speed {
  return { bytesPerSecond: undefined, isWarm: false, at, bytes, movedAt: at };
}

/**
 * Adds a sample. The measurement restarts when the byte count falls (another set of files) or stalls, since earlier
 * samples do not predict the new rate.
 */
export function updateSpeed(speed: Speed, bytes: number, at: number): Speed {
  if (bytes < speed.bytes) return startSpeed(bytes, at);
  const elapsedMs = at - speed.at;
  if (elapsedMs < MIN_SAMPLE_MS) return speed;
  const hasMoved = bytes > speed.bytes;
  const movedAt = hasMoved ? at : speed.movedAt;
  if (!hasMoved && (!speed.isWarm || at - movedAt >= STALL_MS)) return startSpeed(bytes, at);
  if (!speed.isWarm) return { ...speed, isWarm: true, at, bytes, movedAt };
  const sample = ((bytes - speed.bytes) * 1000) / elapsedMs;
  const weight = 0.5 ** (elapsedMs / HALF_LIFE_MS);
  const bytesPerSecond =
    speed.bytesPerSecond === undefined ? sample : weight * speed.bytesPerSecond + (1 - weight) * sample;
  return { ...speed, bytesPerSecond, at, bytes, movedAt };
}

/** Returns the seconds until `bytesLeft` are sent; `undefined` when almost nothing moves. */
export function secondsLeft(speed: Speed, bytesLeft: number): number | undefined {
  if (!speed.bytesPerSecond) return undefined;
  const seconds = bytesLeft / speed.bytesPerSecond;
  return seconds > MAX_SECONDS ? undefined : seconds;
}

/**
 * Returns speed and time left as text: `4.2 MB/s · 8 s left`; empty before the first figure.
 *
 * @param key A new key starts a new measurement.
 * @param bytesToCome Bytes left to send.
 */
export function useSpeedText(key: string, bytesSent: number, bytesToCome: number): string {
  // Without progress it must still render, or a stalled upload would keep its last speed.
  useTick(true);
  const measured = React.useRef<{ key: string; speed: Speed }>();
  const now = performance.now();
  const before = measured.current?.key === key ? measured.current.speed : startSpeed(bytesSent, now);
  const speed = updateSpeed(before, bytesSent, now);
  measured.current = { key, speed };
  return bytesToCome > 0 ? describeSpeed(speed, bytesToCome) : '';
}

/** `4.2 MB/s · 8 s left`, or the known part of it. */
export function describeSpeed(speed: Speed, bytesToCome: number): string {
  if (speed.bytesPerSecond === undefined || speed.bytesPerSecond < 1) return '';
  const seconds = secondsLeft(speed, bytesToCome);
  const figure = formatSpeed(speed.bytesPerSecond);
  return seconds === undefined ? figure : `${figure} · ${t('{time} left', { time: formatSeconds(seconds) })}`;
}
