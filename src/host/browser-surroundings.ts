import type { Surroundings } from '../model/surroundings';

/** Maximum delay of browser timers, in milliseconds; longer ones fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Clock, random numbers and network events of the browser. */
export const browserSurroundings: Surroundings = {
  now: () => Date.now(),
  later: (delayMs, callback) => void setTimeout(callback, Math.min(delayMs, LONGEST_TIMER_MS)),
  random: () => Math.random(),
  onConnectivity(listener) {
    window.addEventListener('offline', () => listener(false));
    window.addEventListener('online', () => listener(true));
  },
};
