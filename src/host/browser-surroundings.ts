import type { Surroundings } from '../model/surroundings';

/** A longer timer of a browser's fires at once. In milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The browser's clock, dice and network events. */
export const browserSurroundings: Surroundings = {
  now: () => Date.now(),
  later: (delayMs, callback) => void setTimeout(callback, Math.min(delayMs, LONGEST_TIMER_MS)),
  random: () => Math.random(),
  onConnectivity(listener) {
    window.addEventListener('offline', () => listener(false));
    window.addEventListener('online', () => listener(true));
  },
};
