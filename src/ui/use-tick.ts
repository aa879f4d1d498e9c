import * as React from 'react';

const TICK_MS = 1_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Renders anew once a second for as long as that is needed. All who need it share one timer. */
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

/** Whole seconds until `until` (milliseconds since the epoch), rounded up, counting down; 0 once it has come. */
export function useSecondsUntil(until: number): number {
  const seconds = secondsUntil(until, Date.now());
  useTick(seconds > 0);
  return seconds;
}

/** Whole seconds from `now` to `until` (both in milliseconds), rounded up and never negative. */
export function secondsUntil(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000));
}
