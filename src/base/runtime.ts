/** Longest delay of a browser timer, in milliseconds; longer ones fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Clock, timers, randomness and network events of the browser. */
export const browserRuntime: Runtime = {
  now: () => Date.now(),
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(delayMs, MAX_TIMER_MS));
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  onConnectivity(listener) {
    window.addEventListener('offline', () => listener(false));
    window.addEventListener('online', () => listener(true));
  },
  onReturn(listener) {
    window.addEventListener('focus', listener);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') listener();
    });
  },
  onFreeze(listener) {
    window.addEventListener('pagehide', ({ persisted }) => persisted && listener(true));
    window.addEventListener('pageshow', ({ persisted }) => persisted && listener(false));
  },
};

/** Clock, timers, randomness and connectivity. A seam: tests control time with a runtime of their own. */
export interface Runtime {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /**
   * Calls back once after `delayMs`, or later if the machine slept.
   *
   * @returns Clears the timer.
   */
  readonly setTimer: (delayMs: number, callback: () => void) => () => void;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /**
   * Calls `listener` when the network is lost or restored. There is no initial call: a machine on an isolated network
   * reports itself offline.
   */
  readonly onConnectivity: (listener: (isOnline: boolean) => void) => void;
  /** Calls `listener` when the person comes back to the page, such as from a sign-in in another tab. */
  readonly onReturn: (listener: () => void) => void;
  /** Calls `listener` when the back/forward cache freezes or restores the page. */
  readonly onFreeze: (listener: (isFrozen: boolean) => void) => void;
}
