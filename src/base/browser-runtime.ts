import type { Runtime } from './runtime';

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
};
