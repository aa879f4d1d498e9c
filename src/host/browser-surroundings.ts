import type { Surroundings } from '../model/surroundings';

/** The browser's clock, dice and network events. */
export const browserSurroundings: Surroundings = {
  now: () => Date.now(),
  later: (delayMs, callback) => void setTimeout(callback, delayMs),
  random: () => Math.random(),
  onConnectivity(listener) {
    window.addEventListener('offline', () => listener(false));
    window.addEventListener('online', () => listener(true));
  },
};
