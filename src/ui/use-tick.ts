import * as React from 'react';

const TICK_MS = 1_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Renders once a second while `isNeeded`. All components share one timer. */
export function useTick(isNeeded: boolean): void {
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
