import type { Runtime } from '../../../src/base/runtime';

/** A runtime whose delays are a hundred times shorter, and whose clock a test can advance. */
export function createQuickRuntime(): Runtime & { advance: (ms: number) => void } {
  let advanced = 0;
  return {
    now: () => Date.now() + advanced,
    setTimer(delayMs, callback) {
      const timer = setTimeout(callback, delayMs / 100);
      return () => clearTimeout(timer);
    },
    random: () => 0.5,
    onConnectivity: () => undefined,
    onReturn: () => undefined,
    onFreeze: () => undefined,
    advance: (ms) => void (advanced += ms),
  };
}
